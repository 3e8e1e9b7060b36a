import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let result = ScreenID("result")
  static let value = ScreenID("value")
}

extension ConsoleCommand.Scope {
  static let result = Self(rawValue: "result")
}

extension ScreenRow {
  static let result = ScreenRow(
    id: .result, title: "The answer to a call", isOfLink: true,
    crumbs: { state, screen in [state.call(of: screen)?.label ?? screen.subject] },
    list: ResultScreen.source,
    exports: { state, screen in ResultScreen.exports(state, screen) },
    copies: ResultScreen.copies, prepare: ResultScreen.prepare, commands: ResultCommands.rows,
    draw: { state, screen, canvas in
      guard let record = state.call(of: screen) else { return }
      ResultView(record: record, state: state).draw(on: &canvas)
    })

  /// One string of an answer over the whole frame.
  static let value = ScreenRow(
    id: .value, title: "One value of an answer", isOfLink: true,
    crumbs: { _, screen in [screen.subject.drop { $0 != "/" }.description] },
    scopes: { _, _ in [.detail] }, text: { state, screen in ResultScreen.text(state, screen) },
    draw: { state, screen, canvas in
      DetailScreenView(title: "Value", text: ResultScreen.text(state, screen))
        .draw(state, on: &canvas)
    })
}

extension ConsoleState {
  /// The call that a view is of: `#12`, and perhaps a pointer behind it.
  func call(of screen: Screen) -> CallRecord? {
    guard screen.subject.hasPrefix("#") else { return nil }
    return Int(screen.subject.dropFirst().prefix { $0.isNumber || $0 == "-" }).flatMap { calls[$0] }
  }

  /// What was made of the answer that is shown.
  var result: ResultState? {
    get { call(of: screen).flatMap { results[$0.id] } }
    // In place: what was made of a large answer is not to be copied with every key.
    _modify {
      var none: ResultState?
      guard let id = call(of: screen)?.id else {
        yield &none
        return
      }
      yield &results[id]
    }
  }

  /// The row of the tree under the cursor.
  var treeRow: JSONTree.Row? {
    guard let result, result.tab == .tree, let index = list.current else { return nil }
    return result.tree.rows.indices.contains(index) ? result.tree.rows[index] : nil
  }
}

extension ConsoleState {
  /// The resource that the line under the cursor names.
  var linkedURI: String? {
    guard let result, result.tab == .text, let index = list.current,
      result.lines.indices.contains(index)
    else { return nil }
    return result.lines[index].uri
  }
}

/// What the view of an answer lists, by its tab.
enum ResultScreen {
  static let source = ListSource(
    count: { state, screen in result(state, screen)?.count ?? 0 },
    key: { state, screen, index in
      guard let result = result(state, screen), result.tab == .tree else { return "\(index)" }
      return result.tree.rows[index].path.map(String.init).joined(separator: "/")
    },
    fields: { state, screen, index in
      result(state, screen)?.fields(index) ?? []
    },
    revision: { state, screen in result(state, screen)?.rowsRevision ?? 0 },
    ownSorts: { state, screen in
      guard let result = result(state, screen), result.tab == .table else { return [] }
      return (result.table?.columns ?? []).map { column in
        SortColumn(column) { state, screen, index in
          .init(Self.result(state, screen)?.table?.rows[index][column])
        }
      }
    },
    haystack: { state, screen in
      guard let result = result(state, screen) else { return nil }
      return result.haystack.flatMap { $0.revision == result.rowsRevision ? $0 : nil }
    },
    rest: { state, screen in result(state, screen)?.cutRow },
    takesLong: { state, screen in result(state, screen)?.isLarge ?? false },
    rows: { state in ResultView.Layout(state).rows })

  private static func result(_ state: ConsoleState, _ screen: Screen) -> ResultState? {
    state.call(of: screen).flatMap { state.results[$0.id] }
  }

  /// The room that lines are made for. What runs for them takes a line of the window, and is no reason to make them anew.
  static func size(_ state: ConsoleState) -> Size {
    let room = ViewFrame.inside(state)
    let strip = RunningStrip(state).showsWork ? 1 : 0
    return Size(width: room.width - 3, height: room.height + strip)
  }

  /// Makes of an answer what the present tab shows.
  static func prepare(_ state: inout ConsoleState, _ screen: Screen) {
    guard let record = state.call(of: screen), let report = record.report else { return }
    if state.results[record.id] == nil {
      state.results[record.id] =
        report.bytes > AnswerBeginning.large
        ? ResultState(beginningOf: report.result, asked: record.pastAsked)
        : ResultState(
          report.result, asked: record.pastAsked,
          folds: state.session.folds[record.foldKey] ?? [:])
    }
    let size = size(state)
    defer {
      let list = state.views[screen]
      let result = state.results[record.id]
      if result?.isLarge == false, list?.isFilterFocused == true || list?.filter.isEmpty == false {
        state.results[record.id]?.gather()
      }
    }
    let messages = state.results[record.id]?.tab == .wire ? messages(of: record, state) : []
    let (all, keys) = (state, ResultKeys(state))
    state.results[record.id]?.prepare(size, messages.count, keys) {
      messages.flatMap { entry -> [ResultLine] in
        let text = WireScreen.half(entry, all)
        return text.lines(width: size.width).map { ResultLine(spans: $0) } + [ResultLine("")]
      }
    }
  }

  /// What passed the wire for a call: its request, the answer, and the exchange that carried them.
  static func messages(of record: CallRecord, _ state: ConsoleState) -> [WireEntry] {
    guard !record.isPast else { return [] }
    let since = state.wire.entries.drop { $0.at < record.started.wall }
    guard
      let request = since.first(where: { entry in
        entry.link == record.link && entry.kind == .request && entry.isOutgoing
          && entry.method == record.order.method
          && (entry.subject.isEmpty || entry.subject == record.name)
      })
    else { return [] }
    let answer = request.partner.flatMap { state.wire.entry($0) }
    let end = answer?.number ?? state.wire.last
    let carried = since.first { entry in
      entry.kind == .http && entry.link == record.link && entry.number > request.number
        && entry.number <= end + 2
    }
    return [request, carried, answer].compactMap { $0?.shown(state.isRevealing) }
      .sorted { $0.number < $1.number }
  }

  static func exports(_ state: ConsoleState, _ screen: Screen) -> [Export] {
    guard let record = state.call(of: screen), let report = record.report else { return [] }
    let blobs = ResultBlobs.of(report.result).map { blob in Export(blob.fileName) { blob.bytes } }
    return blobs + [.json("answer", report.result)]
  }

  static func text(_ state: ConsoleState, _ screen: Screen) -> TextView {
    var lines = Lines(signs: state.signs)
    let path = String(screen.subject.drop { $0 != "/" })
    if let report = state.call(of: screen)?.report {
      do throws(JSONPointerError) {
        let value = report.result[try JSONPointer(parsing: path)]
        lines.block(value?.string ?? value?.pretty ?? "")
      } catch {
        lines.plain("\(error)", .stateWarn)
      }
    }
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let record = state.call(of: screen) else { return [] }
    var items: [CopyMenu.Item] = []
    if let row = state.treeRow, let result = state.result {
      items.append(.init("y", "the value", row.value.string ?? row.value.compact))
      items.append(.init("j", "it as JSON", row.value.pretty))
      items.append(.init("p", "the JSON pointer", result.tree.pointer(of: row)))
    } else if let report = record.report {
      if let result = state.result, let index = state.list.current, result.tab != .table,
        result.lines.indices.contains(index)
      {
        items.append(.init("y", "the line", result.lines[index].text))
      }
      items.append(.init("j", "the answer as JSON", report.result.pretty))
    }
    if record.isPast {
      return items + [.init("c", "as a command", "alidade history replay \(-record.id)")]
    }
    guard let link = state.links[record.link] else { return items }
    return items + [.init("c", "as a command", HeadlessCommand.of(record, link))]
  }
}

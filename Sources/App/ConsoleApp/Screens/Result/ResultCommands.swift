import JSON
import MCPProtocol
import Operations
import TerminalCore
import Widgets

/// Looking at an answer.
enum ResultCommands {
  static let rows: [ConsoleCommand] = [
    tab("result.tabNext", "The next way to look at it", "]", 1, hint: "view"),
    tab("result.tabPrevious", "The way before", "[", -1),
    ConsoleCommand(
      "result.open", "Unfold or fold; open a long text, read what is linked", keys: [Key(.enter)],
      scope: .result,
      hint: .init { state in
        state.treeRow.map { JSONTree.count(of: $0.value) > 0 ? "fold" : "open" } ?? "read"
      },
      availability: { state in state.linkedURI == nil ? needsTree(state) : .enabled }, run: open),
    fold("result.unfold", "Unfold", [.character("l"), Key(.right)], run: unfold),
    fold("result.fold", "Fold, or to what holds it", [.character("h"), Key(.left)], run: foldUp),
    fold("result.unfoldAll", "Unfold all", [.character("L")]) { state in
      state.result?.fold(.all(true))
    },
    fold("result.foldAll", "Fold all", [.character("H")]) { state in
      state.result?.fold(.all(false))
    },
    ConsoleCommand(
      "result.again", "Run it again", keys: [.character("r")], scope: .result, hint: "again",
      availability: { state in
        guard let record = state.call(of: state.screen),
          state.links[record.link]?.isOpen == true
        else { return .disabled(reason: "the server is not connected") }
        if record.holdsMask {
          return .disabled(
            reason: state.secretsWereNotKept(record.order, asker: "result.edit"))
        }
        return state.refusal(of: record.order, record.link).map { .disabled(reason: $0) }
          ?? .enabled
      },
      run: { state in
        guard let record = state.call(of: state.screen) else { return [] }
        _ = state.closeView()
        return state.call(record.link, record.order)
      }),
    ConsoleCommand(
      "result.all", "Show all of it, however long that takes", keys: [.character("A")],
      scope: .result,
      availability: { state in
        state.result?.canGrow == true ? .enabled : .disabled(reason: "all of it is shown")
      },
      run: { state in
        state.result?.wantAll()
        return []
      }),
    ConsoleCommand(
      "result.outside", "Open a picture, a sound or another file in the system's program",
      keys: [.character("o")], scope: .result, hint: "open", availability: canOpenOutside,
      run: openOutside),
    ConsoleCommand(
      "result.diff", "Compare it with the answer before it", keys: [.character("D")],
      scope: .result,
      availability: { state in
        state.result == nil ? .disabled(reason: "there is no answer yet") : .enabled
      }, run: { state in state.compareAnswer() }),
    ConsoleCommand(
      "result.edit", "Change the arguments and send again", keys: [.character("e")],
      scope: .result, hint: "edit",
      availability: { state in
        guard let record = state.call(of: state.screen), state.links[record.link] != nil else {
          return .disabled(reason: "the server is not connected")
        }
        if case .resource = record.order {
          return .disabled(reason: "a resource that was read has no form")
        }
        return .enabled
      }, run: edit),
  ]

  // MARK: - Outside

  /// What can be opened outside here: where the cursor stands on an address of the web, that, else what is binary.
  private static func outside(_ state: ConsoleState) -> [Outside] {
    if let uri = state.linkedURI, WebPage(uri).isOpenable { return [.page(uri)] }
    return (state.result?.blobs ?? []).map { .file($0) }
  }

  private static func canOpenOutside(_ state: ConsoleState) -> ConsoleCommand.Availability {
    outside(state).isEmpty
      ? .disabled(reason: "no image, audio or other file is in this answer") : .enabled
  }

  private static func openOutside(_ state: inout ConsoleState) -> [Effect] {
    let all = outside(state)
    guard all.count > 1 else { return all.first.map { state.askToOpen($0) } ?? [] }
    state.overlay = .picking(
      Picker(
        title: "Open outside",
        items: all.map { Picker.Item(title: $0.title, deed: .outside($0)) }))
    return []
  }

  private static func needsTree(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if case .tree? = state.result?.running?.wish {
      return .disabled(reason: "it is being unfolded")
    }
    return canFold(state)
  }

  private static func canFold(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.treeRow == nil
      ? .disabled(reason: "only the tree folds; \(state.key(of: "result.tabNext")) turns to it")
      : .enabled
  }

  private static func tab(
    _ id: String, _ title: String, _ key: Character, _ step: Int, hint: ConsoleCommand.Hint? = nil
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .result, hint: hint,
      availability: { state in
        state.result == nil ? .disabled(reason: "there is no answer yet") : .enabled
      },
      run: { state in
        state.result?.turn(by: step)
        state.list = ListState()
        return []
      })
  }

  private static func fold(
    _ id: String, _ title: String, _ keys: [Key],
    run: @escaping @Sendable (inout ConsoleState) -> Void
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .result, availability: needsTree,
      run: { state in
        run(&state)
        state.rememberFolds()
        return []
      })
  }

  // MARK: - Deeds

  private static func unfold(_ state: inout ConsoleState) {
    guard let row = state.treeRow else { return }
    if state.result?.tree.isOpen(row) == true { return state.moveCursor(.by(1)) }
    state.result?.fold(.row(row.path, true))
  }

  private static func foldUp(_ state: inout ConsoleState) {
    guard let row = state.treeRow, let tree = state.result?.tree else { return }
    if tree.isOpen(row), JSONTree.count(of: row.value) > 0 {
      state.result?.fold(.row(row.path, false))
      return
    }
    guard let index = state.list.current, let parent = tree.parent(of: index),
      let line = state.list.shown.firstIndex(of: parent)
    else { return }
    state.moveCursor(.to(line))
  }

  private static func open(_ state: inout ConsoleState) -> [Effect] {
    if let uri = state.linkedURI, let record = state.call(of: state.screen) {
      return state.call(record.link, .resource(uri: uri))
    }
    guard let row = state.treeRow, let tree = state.result?.tree else { return [] }
    if JSONTree.count(of: row.value) > 0 {
      state.result?.fold(.row(row.path, !tree.isOpen(row)))
      state.rememberFolds()
      return []
    }
    var screen = Screen(.value, link: state.screen.link)
    screen.subject = state.screen.subject + tree.pointer(of: row)
    return state.enter(screen)
  }

  private static func edit(_ state: inout ConsoleState) -> [Effect] {
    guard let record = state.call(of: state.screen) else { return [] }
    if case .raw(let method, let params) = record.order {
      let sent = record.holdsMask ? params?.withoutMasks : params
      return state.editRequest(method, sent, of: record.link)
    }
    guard let form = record.form else { return [] }
    let link = state.links[record.link]
    let schema =
      form.id == .form
      ? link?.tools.first { $0.tool.name == record.name }.map {
        $0.tool.inputSchema ?? ["type": "object"]
      }
      : link?.prompts.first { $0.prompt.name == record.name }?.schema
    guard let schema else {
      return state.say(.warning, "the server does not list \(record.name) any more")
    }
    _ = state.closeView()
    if state.screen == form { _ = state.closeView() }
    let arguments = record.arguments ?? .object([:])
    return state.openForm(
      form, schema: schema, arguments: record.holdsMask ? arguments.withoutMasks : arguments)
  }
}

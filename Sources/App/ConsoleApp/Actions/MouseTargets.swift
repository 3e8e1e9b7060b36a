import TerminalCore
import Widgets

/// What the mouse hits: computed from the same layout that draws.
enum MouseTargets {
  private static let wheelStep = 3

  static func take(_ mouse: Mouse, _ state: inout ConsoleState) -> [Effect] {
    if state.isTooSmall { return [] }
    switch mouse.action {
    case .wheel(let isUp): wheel(isUp ? -wheelStep : wheelStep, &state, mouse.position)
    case .press(.left): return click(mouse.position, &state)
    default: break
    }
    return []
  }

  private static func wheel(_ rows: Int, _ state: inout ConsoleState, _ point: Point) {
    if state.overlay != nil {
      state.overlay?.move(.by(rows), state.size)
    } else if let source = ScreenRow.of(state.screen).list {
      let isDetail = SplitLayout(state).detail?.contains(point) ?? false
      if isDetail, source.detail != nil { return state.scrollDetail(by: rows) }
      state.list.selected.scroll(by: rows, height: source.rows(state).height)
    } else if state.form != nil {
      state.form?.scroll(by: rows)
    } else {
      state.scrollDetail(by: rows)
    }
  }

  private static func click(_ point: Point, _ state: inout ConsoleState) -> [Effect] {
    if let command = hint(at: point, state) { return Reducer.run(command, &state) }
    if state.overlay != nil { return choose(point, &state) }
    if let form = state.form { return focus(point, form, &state) }
    guard let source = ScreenRow.of(state.screen).list else {
      return tab(at: point, state).map { Reducer.run($0, &state) } ?? []
    }
    if let root = tab(at: point, state) { return Reducer.run(root, &state) }
    let rows = source.rows(state)
    guard rows.contains(point) else { return [] }
    let line =
      state.list.selected.visible(height: rows.height).lowerBound + point.y - rows.y
    guard state.list.item(at: line) != nil else { return [] }
    // A second click on the selected row opens it.
    if line == state.list.selected.cursor,
      let open = Keymap.standardCommand(for: Key(.enter), in: state)
    {
      return Reducer.run(open, &state)
    }
    state.moveCursor(.to(line))
    return []
  }

  /// A click on a field goes there; on the field that has the focus it does what Space or Enter would.
  private static func focus(
    _ point: Point, _ form: FormState, _ state: inout ConsoleState
  ) -> [Effect] {
    if let root = tab(at: point, state), !state.list.isFilterFocused {
      return Reducer.run(root, &state)
    }
    let rows = FormView.Layout(state).rows
    guard rows.contains(point) else { return [] }
    if form.showsJSON {
      let place = rows.inset(horizontal: 1)
      state.form?.changeSource { $0.place(at: point, in: place) }
      return []
    }
    let line = form.selected.visible(height: rows.height).lowerBound + point.y - rows.y
    guard form.rows.indices.contains(line) else { return [] }
    let now = state.time.wall
    state.form?.settleMoment(now: now)
    let isFocused = line == form.selected.cursor
    state.form?.move(.to(line))
    guard isFocused, form.current?.takesText == false else { return [] }
    if let picker = FormPicking.picker(form, state.screen) {
      state.overlay = .picking(picker)
    } else {
      state.form?.step(by: 1)
    }
    return []
  }

  /// A click on a row of a popup selects it, on the selected row takes it; beside the popup it closes it.
  private static func choose(_ point: Point, _ state: inout ConsoleState) -> [Effect] {
    guard let overlay = state.overlay, let list = overlay.list(in: state.size) else { return [] }
    guard list.frame.contains(point) else {
      return Keymap.standardCommand(for: Key(.escape), in: state).map { Reducer.run($0, &state) }
        ?? []
    }
    guard list.rows.contains(point) else { return [] }
    let line = list.selected.visible(height: list.rows.height).lowerBound + point.y - list.rows.y
    guard line < list.selected.count else { return [] }
    if line == list.selected.cursor {
      return Keymap.standardCommand(for: Key(.enter), in: state).map { Reducer.run($0, &state) }
        ?? []
    }
    state.overlay?.move(.to(line), state.size)
    return []
  }

  /// The tab of a view in the frame's upper edge.
  private static func tab(at point: Point, _ state: ConsoleState) -> ConsoleCommand? {
    guard ViewFrame.showsTabs(state), point.y == ShellLayout(state).frame.y else { return nil }
    var column = ShellLayout(state).frame.x + 2
    for (span, row) in zip(ViewFrame.tabs(state).filter { $0.text != " " }, ScreenRow.roots) {
      if column..<(column + [span].width) ~= point.x {
        return Keymap.command("go.\(row.id.rawValue)")
      }
      column += [span].width + 1
    }
    return nil
  }

  private static func hint(at point: Point, _ state: ConsoleState) -> ConsoleCommand? {
    var canvas = Canvas(size: state.size, signs: state.signs)
    let footer = Footer(state)
    let targets = footer.bar.draw(on: &canvas, in: ShellLayout(state).hints)
    guard let target = targets.first(where: { $0.place.contains(point) }) else { return nil }
    return footer.commands.indices.contains(target.index)
      ? footer.commands[target.index] : Keymap.command(Keymap.helpID)
  }
}

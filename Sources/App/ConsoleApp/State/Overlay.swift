import TerminalCore
import Widgets

/// What lies over the view and takes the keys: one at a time.
enum Overlay: Sendable, Hashable {
  case help(HelpState)
  case palette(PaletteState)
  case copying(CopyMenu)
  case confirming(Confirmation)
  case asking(LineQuestion)
  case picking(Picker)
  case rules(RulesPanel)

  var scope: ConsoleCommand.Scope {
    switch self {
    case .help: .help
    case .palette: .palette
    case .copying: .copying
    case .confirming: .confirming
    case .asking: .asking
    case .picking: .picking
    case .rules: .rules
    }
  }

  /// The one list in it, for keys and the wheel.
  mutating func move(_ move: ScrollState.Move, _ size: Size) {
    switch self {
    case .help(var help):
      help.selected.setCount(help.shown.count, height: HelpView.rows(in: size))
      help.selected.move(move, height: HelpView.rows(in: size))
      self = .help(help)
    case .palette(var palette):
      palette.selected.move(move, height: PaletteView.rows(in: size))
      self = .palette(palette)
    case .picking(var picker):
      picker.selected.move(move, height: picker.rows(in: size))
      self = .picking(picker)
    case .rules(var panel):
      panel.selected.move(move, height: panel.rows(in: size))
      self = .rules(panel)
    case .copying, .confirming, .asking: break
    }
  }

  mutating func edit(_ input: TextInput, _ state: ConsoleState) -> Bool {
    switch self {
    case .help(var help):
      guard help.filter.take(input) else { return false }
      help.selected.move(.first, height: 1)
      self = .help(help)
    case .palette(var palette):
      guard palette.field.take(input) else { return false }
      palette.refresh(state)
      self = .palette(palette)
    case .confirming(var confirmation):
      guard confirmation.word != nil, confirmation.field.take(input) else { return false }
      self = .confirming(confirmation)
    case .asking(var question):
      guard question.field.take(input) else { return false }
      self = .asking(question)
    case .picking(var picker):
      guard picker.field.take(input) else { return false }
      picker.refresh()
      self = .picking(picker)
    case .copying, .rules: return false
    }
    return true
  }

  /// Where the list of the popup is drawn, for the mouse.
  func list(in size: Size) -> (frame: Rect, rows: Rect, selected: ScrollState)? {
    let content: (width: Int, rows: Int, selected: ScrollState)
    switch self {
    case .help(let help):
      var selected = help.selected
      let rows = min(help.entries.count, HelpView.rows(in: size))
      selected.setCount(help.shown.count, height: rows)
      content = (min(HelpView.widest, size.width - 4), rows, selected)
    case .palette(let palette):
      let rows = PaletteView.rows(in: size)
      content = (min(PaletteView.widest, size.width - 4), rows, palette.selected)
    case .picking(let picker):
      content = (min(PickerView.widest, size.width - 4), picker.rows(in: size), picker.selected)
    case .rules(let panel):
      content = (min(RulesPanel.widest, size.width - 4), panel.rows(in: size), panel.selected)
    case .copying, .confirming, .asking: return nil
    }
    let frame = Popup(title: [], width: content.width, height: content.rows + 1)
      .place(in: Rect(size))
    let rows = Rect(
      x: frame.x + 1, y: frame.y + 2, width: frame.width - 2, height: max(0, frame.height - 3))
    return (frame, rows, content.selected)
  }

  func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    switch self {
    case .help(let help): HelpView(help: help).draw(on: &canvas)
    case .palette(let palette): PaletteView(palette: palette).draw(on: &canvas)
    case .copying(let menu): CopyMenuView(menu: menu, state: state).draw(on: &canvas)
    case .confirming(let confirmation):
      ConfirmationView(confirmation: confirmation).draw(on: &canvas)
    case .asking(let question): LineQuestionView(question: question).draw(on: &canvas)
    case .picking(let picker): PickerView(picker: picker).draw(on: &canvas)
    case .rules(let panel):
      RulesPanelView(panel: panel, state: state).draw(on: &canvas)
    }
  }
}

extension ConsoleState {
  var help: HelpState? {
    if case .help(let help) = overlay { help } else { nil }
  }
}

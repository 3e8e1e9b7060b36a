import TerminalCore
import Widgets

/// What lies over the view and takes the keys: one at a time.
enum Overlay: Sendable, Hashable {
  case help(HelpState)
  case palette(PaletteState)
  case copying(CopyMenu)
  case confirming(Confirmation)
  case asking(LineQuestion)

  var scope: ConsoleCommand.Scope {
    switch self {
    case .help: .help
    case .palette: .palette
    case .copying: .copying
    case .confirming: .confirming
    case .asking: .asking
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
    case .copying, .confirming, .asking: break
    }
  }

  mutating func edit(_ change: (inout TextField) -> Bool, _ state: ConsoleState) -> Bool {
    switch self {
    case .help(var help):
      guard change(&help.filter) else { return false }
      help.selected.move(.first, height: 1)
      self = .help(help)
    case .palette(var palette):
      guard change(&palette.field) else { return false }
      palette.refresh(state)
      self = .palette(palette)
    case .confirming(var confirmation):
      guard confirmation.word != nil, change(&confirmation.field) else { return false }
      self = .confirming(confirmation)
    case .asking(var question):
      guard change(&question.field) else { return false }
      self = .asking(question)
    case .copying: return false
    }
    return true
  }

  func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    switch self {
    case .help(let help): HelpView(help: help).draw(on: &canvas)
    case .palette(let palette): PaletteView(palette: palette).draw(on: &canvas)
    case .copying(let menu): CopyMenuView(menu: menu).draw(on: &canvas)
    case .confirming(let confirmation):
      ConfirmationView(confirmation: confirmation).draw(on: &canvas)
    case .asking(let question): LineQuestionView(question: question).draw(on: &canvas)
    }
  }
}

extension ConsoleState {
  var help: HelpState? {
    if case .help(let help) = overlay { help } else { nil }
  }
}

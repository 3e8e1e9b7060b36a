import TerminalCore
import Widgets

/// A question for one line of text.
struct LineQuestion: Sendable, Hashable {
  enum Deed: Sendable, Hashable {
    /// A member of a form, under that name.
    case member(Screen)
    /// What to look for in the text of the view.
    case search
    /// A filter beside the typed one.
    case rule(isExcluding: Bool)
    /// The name of a file for what is shown.
    case write
    /// A name for the arguments of a form.
    case preset(Screen)
    /// A server to add to the catalog: its name and how to reach it.
    case addServer
    /// A log to look at, and its profile.
    case openLog
    case auditWindow
    /// A word on why a call was let go on or not.
    case decide(String, isApproved: Bool)
    case mintKey
    /// The address that a browser ended at.
    case pasteBack
    /// What a sign-in is to be good for.
    case signInFor
    case auditFilter(isExcluding: Bool)
    /// Words of one's own on a row.
    case comment(RowNotes.Place)
  }

  let title: String
  let deed: Deed
  var field = TextField()
}

/// The question as a popup of one line.
struct LineQuestionView {
  let question: LineQuestion

  func draw(on canvas: inout Canvas) {
    let popup = Popup(
      title: [Span(question.title, .title)], width: min(canvas.bounds.width - 4, 60), height: 1)
    let line = popup.draw(on: &canvas, in: canvas.bounds).inset(horizontal: 1)
    question.field.draw(on: &canvas, in: line, Style(.prompt))
  }
}

enum LineQuestionCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "asking.take", "Take it", keys: [Key(.enter)], scope: .asking, hint: "take", run: take),
    ConsoleCommand(
      "asking.close", "Leave it", keys: [Key(.escape)], scope: .asking, hint: "leave it",
      run: { state in
        state.overlay = nil
        return []
      }),
  ]

  private static func take(_ state: inout ConsoleState) -> [Effect] {
    guard case .asking(let question) = state.overlay else { return [] }
    state.overlay = nil
    switch question.deed {
    case .member(let screen):
      let isAdded = state.forms[screen]?.addMember(question.field.text) ?? false
      return isAdded ? [] : state.say(.warning, "no member of that name can be added")
    case .search:
      state.list.search = question.field.text
      state.list.hit = nil
      return question.field.isEmpty ? [] : state.goToHit(1)
    case .rule(let isExcluding):
      return state.addRule(question.field.text, isExcluding: isExcluding)
    case .write: return state.write(to: question.field.text)
    case .preset(let screen): return state.keepPreset(question.field.text, of: screen)
    case .addServer: return [.addServer(question.field.text)]
    case .openLog: return state.openLog(named: question.field.text)
    case .decide(let id, let isApproved):
      return state.ask(.decide(id: id, isApproved: isApproved, reason: question.field.text))
    case .mintKey: return state.askToMint(question.field.text)
    case .pasteBack: return [.operate(.auth(.paste(question.field.text)))]
    case .signInFor: return state.signIn(for: question.field.text)
    case .auditWindow: return state.setAuditWindow(question.field.text)
    case .auditFilter(let isExcluding):
      return state.addAuditFilter(question.field.text, isExcluding: isExcluding)
    case .comment(let place):
      let isKept = state.notes.change(place) { $0.comment = question.field.text }
      return isKept ? [] : NoteCommands.full(&state)
    }
  }
}

import Operations
import SafeText
import Settings
import TerminalCore
import Widgets

/// A question before something that cannot be taken back, or that a person should have seen first.
struct Confirmation: Sendable, Hashable {
  enum Deed: Sendable, Hashable {
    /// Connect to a server that a project's file describes.
    case connect(key: String)
    case call(Link.ID, CallRecord.Order)
    /// Take a server over into the catalog.
    case importServer(ServerDefinition)
    /// Run a line that was pasted.
    case line(String)
    /// Back to the editor with what could not be read.
    case editAgain(EditorText, EditGoal)
    /// Leave although something runs.
    case quit
    /// Make calls of a log once more.
    case replay([AuditReplay.Item], Link.ID)
    /// One of them that may change something.
    case replayOne(Int)
    case mint(KeyWish)
    case rotateKey(String)
    case revokeKey(String)
    case revokeConsent(String)
    case revokeSignIn(String, ServerDefinition)
    case forgetSignIn(String, ServerDefinition)
    /// Run a server that a project's file describes, for the doctor.
    case examine(String)
    /// Give something to a program of the system.
    case open(Outside)
  }

  let title: String
  /// Foreign words are made safe when they are drawn.
  let lines: [String]
  let deed: Deed
  /// What has to be typed for a yes; nil takes Enter alone.
  var word: String?
  var field = TextField()

  var isAnswered: Bool { word.map { $0 == field.text } ?? true }
}

/// A question as a popup.
struct ConfirmationView {
  let confirmation: Confirmation

  func draw(on canvas: inout Canvas) {
    let width = min(canvas.bounds.width - 4, 70)
    var text = Lines(signs: canvas.signs)
    for line in confirmation.lines { text.block(line) }
    let height = text.text.height(width: width - 2)
    let popup = Popup(
      title: [Span(confirmation.title, .title)], width: width,
      height: height + (confirmation.word == nil ? 0 : 2))
    let inside = popup.draw(on: &canvas, in: canvas.bounds).inset(horizontal: 1)
    text.text.draw(on: &canvas, in: inside)
    guard let word = confirmation.word else { return }
    let line = inside.row(inside.height - 1)
    let used = canvas.write(
      "Type \(canvas.signs.safe(word, limit: 60).text): ", in: line, Style(.prompt))
    confirmation.field.draw(on: &canvas, in: line.splitLeft(used).rest, Style(.prompt))
  }
}

enum ConfirmationCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "confirm.yes", "Yes, do it", keys: [Key(.enter)], scope: .confirming, hint: "do it",
      availability: { state in
        guard case .confirming(let question) = state.overlay else { return .enabled }
        return question.isAnswered
          ? .enabled : .disabled(reason: "type \(question.word ?? "") first")
      }, run: agree),
    ConsoleCommand(
      "confirm.no", "No, leave it", keys: [Key(.escape)], scope: .confirming, hint: "leave it",
      run: disagree),
  ]

  private static func agree(_ state: inout ConsoleState) -> [Effect] {
    guard case .confirming(let question) = state.overlay else { return [] }
    state.overlay = nil
    switch question.deed {
    case .connect(let key):
      guard let row = state.servers.row(key) else { return [] }
      state.agreed.insert(key)
      return state.connect(to: row, again: true)
    case .call(let link, let order): return state.call(link, order)
    case .importServer(let definition): return [.importServer(definition)]
    case .line(let line): return state.tryLine(line)
    case .editAgain(let text, let goal): return [.edit(text, goal)]
    case .quit: return [.quit]
    case .open(let thing): return [.open(thing)]
    case .replay(let items, let link): return state.startReplay(items, to: link)
    case .replayOne(let index): return state.agreeToReplay(index)
    case .mint(let wish): return state.ask(.mint(wish))
    case .rotateKey(let id): return state.ask(.rotateKey(id: id))
    case .revokeKey(let id): return state.ask(.revokeKey(id: id))
    case .revokeConsent(let id): return state.ask(.revokeConsent(id: id))
    case .revokeSignIn(let key, let definition):
      return state.begin(.revoke(key, definition), of: key)
    case .forgetSignIn(let key, let definition):
      return state.begin(.forget(key, definition), of: key)
    case .examine(let key):
      return state.servers.row(key).map { state.examine($0, agreed: true) } ?? []
    }
  }

  private static func disagree(_ state: inout ConsoleState) -> [Effect] {
    guard case .confirming(let question) = state.overlay else { return [] }
    state.overlay = nil
    if case .replayOne(let index) = question.deed {
      return state.skipReplay(index, "you said no")
    }
    if case .editAgain(_, let goal) = question.deed { return state.sayDraftIsKept(goal) }
    return state.say(.info, "nothing was done")
  }
}

extension Confirmation {
  /// What a project's file describes is shown before anything of it is run.
  static func ofProject(_ row: ServerRow, _ question: String, _ deed: Deed) -> Confirmation {
    Confirmation(
      title: "A server of the project",
      lines: [
        "The file \(row.path) came with the project and says how to reach \(row.name):", "",
        row.target, "", question,
      ], deed: deed)
  }
}

import TerminalCore
import Widgets

/// Taking what is shown out of the window.
enum OutputCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "output.write", "Write it to a file", keys: [.character("w")], scope: .browsing,
      hint: "write",
      run: { state in
        let name = state.exports.first?.name ?? ""
        let others = state.exports.map(\.name).joined(separator: ", ")
        var question = LineQuestion(title: "Write to a file: \(others)", deed: .write)
        question.field = TextField(name)
        state.overlay = .asking(question)
        return []
      }),
    ConsoleCommand(
      "output.plain", "Print it plainly, for the terminal's own selection",
      keys: [.character("P")], scope: .browsing,
      run: { state in [.show(PlainText(state).text, .plainly)] }),
    ConsoleCommand(
      "output.pager", "Look at it in the pager", keys: [.character("v")], scope: .browsing,
      run: { state in
        let json = ScreenRow.of(state.screen).exports(state, state.screen).first {
          Export.suffix(of: $0.name) == "json"
        }
        let text = json.map { PlainText.json($0.bytes()) }
        return [.show(text ?? PlainText(state).text, .pager)]
      }),
  ]
}

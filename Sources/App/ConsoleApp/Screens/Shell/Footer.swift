import TerminalCore
import Widgets

/// The hint line, made of the commands that are enabled now.
struct Footer {
  let commands: [ConsoleCommand]
  let bar: HintBar

  init(_ state: ConsoleState) {
    commands = Keymap.hinted(in: state)
    let enabled = Keymap.active(in: state).filter { $0.isEnabled(in: state) }
    let isTyping = Keymap.active(in: state).allSatisfy { $0.id != Keymap.helpID }
    let closing = HintBar.Hint(key: isTyping ? "F1" : "?", title: "keys")
    // The two ways to open help are one hint, and it is the closing one.
    let unlisted =
      enabled.count {
        $0.id != Keymap.helpID && !$0.id.hasSuffix(".anywhere")
      } - commands.count
    bar = HintBar(
      commands.map { command in
        HintBar.Hint(
          key: command.keys.first.map { Keymap.label($0, state.signs) } ?? "",
          title: command.hint?.text(state) ?? "")
      }, closing: closing, unlisted: unlisted)
  }
}

import TerminalCore
import Widgets

/// The hint line, made of the commands that are enabled now.
struct Footer {
  let commands: [ConsoleCommand]
  let bar: HintBar

  /// How one gets out is told however narrow the window is.
  private static let waysOut: Set<String> = ["view.back", "form.close", "question.defer"]

  init(_ state: ConsoleState) {
    let hinted = Keymap.hinted(in: state)
    let way = hinted.first { Self.waysOut.contains($0.id) }
    // Of several ways out the innermost is the one that counts.
    let others = hinted.filter { !Self.waysOut.contains($0.id) }
    commands = others + (way.map { [$0] } ?? [])
    let hint = { (command: ConsoleCommand) in
      HintBar.Hint(
        key: command.keys.first.map { Keymap.label($0, state.signs) } ?? "",
        title: command.hint?.text(state) ?? "")
    }
    let enabled = Keymap.active(in: state).filter { $0.isEnabled(in: state) }
    let isTyping = Keymap.active(in: state).allSatisfy { $0.id != Keymap.helpID }
    let closing = HintBar.Hint(
      key: state.key(of: isTyping ? "help.open.anywhere" : Keymap.helpID), title: "keys")
    // The two ways to open help are one hint, and it is the closing one.
    let unlisted =
      enabled.count {
        $0.id != Keymap.helpID && !$0.id.hasSuffix(".anywhere")
      } - commands.count
    bar = HintBar(others.map(hint), pinned: way.map(hint), closing: closing, unlisted: unlisted)
  }
}

import TerminalCore

/// The keys of the window as a page of the documents, made of the same rows as footer and help.
package enum KeysPage {
  private static let scopes: [(scope: ConsoleCommand.Scope, title: String)] =
    ConsoleCommand.Scope.general + ScreenRow.all.map { ($0.scope, $0.title) }
    + ScreenRow.all.flatMap(\.innerScopes)

  package static var markdown: String {
    let head = """
      # Keys

      Every key of the window. `?` shows those of the present view, `@x` in its filter finds a key, and Enter runs what is selected.
      A key that cannot act says why in the status line.

      """
    return head + scopes.map(section).joined()
  }

  private static func section(_ scope: ConsoleCommand.Scope, _ title: String) -> String {
    let rows = Keymap.commands.filter { $0.scope == scope }.map { command in
      let keys = command.keys.map { $0 == .character("|") ? "`\\|`" : "`\($0)`" }
        .joined(separator: " ")
      return "| \(keys) | \(command.title) | `\(command.id)` |\n"
    }
    guard !rows.isEmpty else { return "" }
    return "\n## \(title)\n\n| keys | what it does | command |\n| --- | --- | --- |\n"
      + rows.joined()
  }
}

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
    return head + scopes.map(section).joined() + own + lines + filters
  }

  private static let own = """

    ## Keys of your own

    `alidade/settings.toml` in the configuration folder (`~/.config`) gives a command other keys, by its name above. Footer, help and
    every sentence that names a key follow. What cannot be, such as a key that means something else in the same view, is told when the window
    opens, and leaves the command its own keys.

    ```toml
    [keys]
    list.sort = "S"
    view.refresh = ["R", "F5"]
    call.cancel = ""               # no key
    "palette.open.anywhere" = "Ctrl-K"

    [window]
    keymap = "arrows-only"         # no letters for moving
    ```

    """

  /// The lines that the palette and `--run` take.
  private static var lines: String {
    let rows = ConsoleVerb.all.map { verb in
      let names = ([verb.name] + verb.aliases).map { "`:\($0)`" }.joined(separator: " ")
      return "| \(names) | \(verb.usage.isEmpty ? "" : "`\(verb.usage)`") | \(verb.summary) |\n"
    }
    return """

      ## Lines of the palette and of `--run`

      Besides these, the name of any command above, and `#12` for a call of this run.

      | line | words | what it does |
      | --- | --- | --- |

      """ + rows.joined()
  }

  private static let filters = """

    ## Filters

    Words side by side must all occur, `!word` must not; case counts where a word has an upper-case letter. In the wire and the calls also:

    | filter | what it lets through |
    | --- | --- |
    | `~m TEXT` `~t TEXT` `~i TEXT` `~s TEXT` | by method, tool, id, server |
    | `~d req` `res` `ntf` `err` `http` `log` `in` `out` | by kind or direction; `log` is a server's standard error |
    | `~e` | errors, those of tools too |
    | `~b TEXT` | by what the message holds |
    | `~>200ms` `~<1s` | by time |
    | `~k >10k` `~k <1mb` | by size |
    | `A & B` `A \\| B` `!A` `( )` | both, either, not, together |

    """

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

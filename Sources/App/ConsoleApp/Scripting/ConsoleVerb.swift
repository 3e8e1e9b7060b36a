import Settings

/// A word of the command line of the window, as a row: the palette, `--run` and the documents read the same rows.
struct ConsoleVerb: Sendable {
  /// What the words behind it are, so that they can be completed.
  enum Subject: Sendable {
    case nothing, server, tool, prompt, resource, view, column, field, theme, chrome, words
  }

  let name: String
  var aliases: [String] = []
  let usage: String
  let summary: String
  var subject = Subject.nothing
  let run: @Sendable (inout ConsoleState, ScriptWords) throws(ScriptProblem) -> [Effect]

  /// The verb that a line begins with, and the words behind it; nil where it begins with none.
  static func read(_ line: String) throws(ScriptProblem) -> (ConsoleVerb, ScriptWords)? {
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    for count in [2, 1] where parts.count >= count {
      let name = parts.prefix(count).joined(separator: " ")
      guard let verb = all.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
        continue
      }
      let rest = String(line[parts[count - 1].endIndex...].drop { $0 == " " })
      return (verb, ScriptWords(words: try split(rest), text: rest))
    }
    return nil
  }

  private static func split(_ text: String) throws(ScriptProblem) -> [String] {
    do throws(ShellWords.Problem) { return try ShellWords.split(text) } catch {
      throw ScriptProblem("its quotes do not close")
    }
  }
}

import JSON
import Settings

/// What a person would type in a shell for what the window does.
enum HeadlessCommand {
  static func call(_ link: Link, _ tool: String, _ arguments: JSON?) -> String {
    var words = ["alidade", "call"]
    words.append(link.shellTarget)
    words.append(ShellWords.join([tool]))
    if let arguments { words += ["--args", ShellWords.join([arguments.compact])] }
    return words.joined(separator: " ")
  }
}

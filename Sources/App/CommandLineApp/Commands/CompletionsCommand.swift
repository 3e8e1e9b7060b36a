import Arguments
import EventLoop
import SafeText
import Settings

extension Command {
  private static let shell = PositionalRow(
    ValueRow("SHELL", .choice(CompletionScript.allCases.map(\.rawValue))),
    help: "Which shell: bash, zsh or fish")

  static let completions = Command(
    CommandRow(
      "completions", in: .program, summary: "Write the completion file of a shell",
      details: [
        "Commands, options, servers of the catalog, and the tools, prompts, resources and arguments that a server "
          + "listed last are completed. No process is ever started for it."
      ],
      positionals: [shell],
      examples: [
        .init("source <(alidade completions bash)", "For this bash session"),
        .init(
          "alidade completions fish > ~/.config/fish/completions/alidade.fish", "For fish, to stay"),
      ])
  ) { arguments, context in
    if let script = arguments[shell].flatMap(CompletionScript.init) {
      context.output.write(script.text(program: Grammar.alidade.program))
    }
    return .ok
  }

  private static let line = OptionRow(
    "line", takes: ValueRow("LINE"), help: "The line up to the cursor, as a shell would read it")

  /// Answers the completion scripts: a candidate and its help a line, `:files` for the shell's own.
  static let complete = Command(
    onLoop: CommandRow(
      CompletionScript.command, in: .program, summary: "Answer a shell's completion script",
      options: [line], rest: ValueRow("words…"), isHidden: true)
  ) { arguments, context async in
    let line = arguments[line]
    let words = line.map(ShellLine.words) ?? arguments.rest
    let offer = Completion.offer(for: words, in: .alidade)
    var candidates = offer.candidates
    switch offer.source {
    case .nothing: break
    case .files: context.output.line(":files")
    case .directories: context.output.line(":directories")
    case .known(let name):
      candidates += await KnownWords(context, offer).candidates(name)
    }
    for candidate in candidates where !SafeText(candidate.word).hasHidden {
      let word = line == nil ? candidate.word : ShellLine.quoted(candidate.word)
      context.output.line("\(word)\t\(SafeText(candidate.help).text)")
    }
    return .ok
  }
}

/// A line of a shell that is still being typed.
enum ShellLine {
  /// The words after the program's name, the unfinished one last.
  static func words(_ line: String) -> [String] {
    let isOpen = line.last.map { !$0.isWhitespace } ?? false
    for end in ["", "'", "\""] {
      do {
        let words = try ShellWords.split(line + end)
        return Array(words.dropFirst()) + (isOpen || !end.isEmpty ? [] : [""])
      } catch { continue }
    }
    return Array(
      line.split(separator: " ", omittingEmptySubsequences: false).map(String.init).dropFirst())
  }

  /// What a server named is never a command of the shell. A path's or an option's plain letters stay as they are.
  static func quoted(_ word: String) -> String {
    word.hasPrefix("~") ? word : ShellWords.join([word])
  }
}

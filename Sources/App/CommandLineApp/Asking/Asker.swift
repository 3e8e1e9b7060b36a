import EventLoop
import SafeText

/// A person at the terminal, asked on standard error, one question at a time.
@LoopActor
final class Asker {
  private let output: Output
  private let read: Input.Line
  private var last: Task<Void, Never>?
  /// Called before a question and after it, for what else writes to the terminal.
  var onTurn: (@LoopActor (_ begins: Bool) -> Void)?

  init(_ context: CommandContext) {
    output = context.errors
    read = context.input.line
  }

  /// Does the work when all earlier questions are through.
  func inTurn<Value: Sendable>(_ work: @escaping @LoopActor () async -> Value) async -> Value {
    let before = last
    let turn = Task { @LoopActor in
      await before?.value
      onTurn?(true)
      defer { onTurn?(false) }
      return await work()
    }
    last = Task { _ = await turn.value }
    return await withTaskCancellationHandler {
      await turn.value
    } onCancel: {
      turn.cancel()
    }
  }

  // MARK: - Words

  /// A line of our own; what a server sent in it has been made safe.
  func say(_ line: String = "") { output.line(line) }

  /// Words of the server, marked so that they cannot be taken for ours.
  func quote(_ foreign: String) {
    for line in SafeText(foreign, .block).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      output.line("  | \(line)")
    }
  }

  /// What is typed after the prompt; nil at the end of input and where nobody waits for it any more.
  func line(_ prompt: String, isHidden: Bool = false) async -> String? {
    output.write(prompt)
    output.flush()
    let line = await read(isHidden)
    if isHidden || line == nil { output.line() }
    return line
  }

  /// One of the letters; an empty line takes the first. Nil at the end of input.
  func choice(_ prompt: String, _ letters: [Character]) async -> Character? {
    while let typed = await line(prompt) {
      guard let letter = typed.trimmed.lowercased().first else { return letters.first }
      if letters.contains(letter) { return letter }
      say("  one of \(letters.map(String.init).joined(separator: ", "))")
    }
    return nil
  }
}

extension String {
  /// Without white space around it.
  var trimmed: String {
    let head = drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}

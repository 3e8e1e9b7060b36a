import Arguments
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  static let completeArgument = Command(
    onLoop: CommandRow(
      "complete", in: .servers, summary: "Ask a server to complete an argument",
      positionals: [
        TargetRows.target, CompleteRows.reference, CompleteRows.argument, CompleteRows.words,
      ],
      options: TargetRows.reaching, rest: TargetRows.command,
      examples: [
        .init(
          "alidade complete https://mcp.example.com/mcp review language=sw",
          "Values of a prompt's argument")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let question = try CompleteRows.question(arguments)
    return try await ServerRun.with(arguments, context) {
      run, connection async throws(CommandFailure) in
      let report = try await run.asked { () async throws(OperationFailure) in
        try await connection.complete(question)
      }
      try run.show(report) { result in
        (result["completion"]?["values"]?.array ?? []).map {
          SafeText($0.string ?? $0.compact).text
        }
      }
      return .ok
    }
  }
}

enum CompleteRows {
  static let reference = PositionalRow(
    ValueRow("REF"), help: "A prompt's name, or a resource template")
  static let argument = PositionalRow(
    ValueRow("NAME=PREFIX"), help: "The argument and what is typed of it")
  static let words = PositionalRow(
    ValueRow("NAME=VALUE"), .any, help: "Arguments that are filled in already")

  /// A name with a scheme is a resource's, any other a prompt's.
  static func question(_ arguments: ParsedArguments) throws(CommandFailure) -> CompletionQuestion {
    let words = [arguments[argument] ?? ""] + arguments.all(Self.words)
    let pairs = words.map { word -> (String, String)? in
      guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return nil }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
    guard let first = pairs[0], !pairs.contains(where: { $0 == nil }) else {
      throw CommandFailure(.usage, "arguments to complete are written NAME=PREFIX")
    }
    return CompletionQuestion(
      reference: arguments[reference] ?? "", argument: first.0, prefix: first.1,
      context: JSONObject(pairs.dropFirst().compactMap { $0 }.map { ($0.0, .string($0.1)) }))
  }
}

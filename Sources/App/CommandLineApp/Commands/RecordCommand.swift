import Arguments
import EventLoop
import JSON
import JSONSchema
import Operations
import SafeText
import Settings

extension Command {
  static let record = Command(
    onLoop: CommandRow(
      "record", in: .servers, summary: "Record a server, to be played back by `serve --from`",
      details: [
        "Records what the server says of itself, its lists, and its answers: of tools that say that they only read, of "
          + "resources and of prompts, as far as they need no arguments, and of whatever --call, --read and --prompt name.",
        "The file is a line about the server and a line for each exchange, in JSON: method, params, and result or error. "
          + "It can be edited. Answers stand in it as they came: look at it before you pass it on.",
      ],
      positionals: [TargetRows.target],
      options: [
        RecordingRows.output, RecordingRows.call, RecordingRows.read, RecordingRows.prompt,
        RecordingRows.listsOnly,
      ] + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init(
          "alidade record @work -o work.jsonl --call 'search q=swift'", "What a test will ask for")
      ])
  ) { arguments, context async throws(CommandFailure) in
    guard let path = arguments[RecordingRows.output] else {
      throw CommandFailure(.usage, "-o FILE is missing", hint: "-o - writes to standard output")
    }
    return try await ServerRun.with(arguments, context) {
      run, connection async throws(CommandFailure) in
      let recorder = Recorder(connection)
      try await RecordingRows.record(with: recorder, run)
      try RecordingRows.write(recorder.recording, to: path, run)
      return .ok
    }
  }
}

enum RecordingRows {
  static let output = OptionRow(
    "output", short: "o", takes: ValueRow("FILE", .file),
    help: "Where to write it; - is standard output")
  static let call = OptionRow(
    "call", takes: ValueRow("'TOOL [KEY=VALUE…]'"), repeats: true,
    help: "Call that tool too; all arguments as JSON: 'TOOL {…}'")
  static let read = OptionRow(
    "read", takes: ValueRow("URI"), repeats: true, help: "Read that resource too")
  static let prompt = OptionRow(
    "prompt", takes: ValueRow("'PROMPT [KEY=VALUE…]'"), repeats: true, help: "Get that prompt too")
  static let listsOnly = OptionRow(
    "lists-only", help: "Ask for nothing but the lists and what is named")

  @LoopActor
  static func record(with recorder: Recorder, _ run: ServerRun) async throws(CommandFailure) {
    let arguments = run.arguments
    var calls: [(String, JSON)] = []
    try await run.asked { () async throws(OperationFailure) in try await recorder.recordLists() }
    for words in arguments.all(call) {
      let (name, rest) = try named(words)
      calls.append((name, .object(try assigned(rest, recorder.schema(of: name)))))
    }
    let prompts = try arguments.all(prompt).map { (words) throws(CommandFailure) in
      let (name, rest) = try named(words)
      return (name, try assigned(rest, nil))
    }
    try await run.asked { () async throws(OperationFailure) in
      if !arguments.has(listsOnly) { try await recorder.recordHarmless() }
      for (name, arguments) in calls { try await recorder.call(name, arguments) }
      for uri in arguments.all(read) { try await recorder.read(uri) }
      for (name, arguments) in prompts { try await recorder.get(name, arguments) }
    }
  }

  /// The first word, and what stands behind it.
  private static func named(
    _ words: String
  ) throws(CommandFailure) -> (name: String, rest: Substring) {
    let parts = words.split(separator: " ", maxSplits: 1)
    guard let name = parts.first else { throw CommandFailure(.usage, "a name is missing") }
    return (String(name), parts.count > 1 ? parts[1] : "")
  }

  private static func assigned(
    _ text: Substring, _ schema: JSON?
  ) throws(CommandFailure) -> JSONObject {
    let words: [String]
    if text.hasPrefix("{") {
      do throws(JSONError) { return try JSON.parse(String(text)).object ?? [:] } catch {
        throw CommandFailure(.usage, "'\(text)' is no JSON: \(error)")
      }
    }
    do throws(ShellWords.Problem) { words = try ShellWords.split(String(text)) } catch {
      throw CommandFailure(.usage, "the quotes of '\(text)' do not close")
    }
    do throws(ArgumentAssignments.Problem) {
      return try ArgumentAssignments(words).applied(to: [:], schema: schema)
    } catch { throw CommandFailure(.usage, error.sentence) }
  }

  @LoopActor
  static func write(
    _ recording: ServerRecording, to path: String, _ run: ServerRun
  ) throws(CommandFailure) {
    let context = run.context
    if path == "-" {
      context.output.write(recording.text)
      return
    }
    try context.write(Array(recording.text.utf8), to: path)
    let count = recording.exchanges.count
    if run.wantsJSON {
      let json: JSON = ["file": .string(path), "exchanges": .number(JSONNumber(count))]
      context.output.line(json.compact)
    } else {
      context.output.line("recorded \(count) exchanges in \(SafeText(path).text)")
    }
  }
}

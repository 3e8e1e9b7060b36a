import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations

extension ServerRun {
  nonisolated static let output = OptionRow(
    "output", short: "o", takes: ValueRow("FILE", .file),
    help: "Write the content itself to a file, blobs decoded; - is standard output")

  /// How the running call is made: with progress shown where a person watches.
  var wish: CallWish {
    var wish = CallWish()
    guard context.errors.isTerminal, !wantsJSON else { return wish }
    wish.onProgress = { [bar] in bar.show($0) }
    return wish
  }

  /// Prints an answer the way it was asked for.
  func show(_ report: CallReport, _ lines: (JSON) -> [String]) throws(CommandFailure) {
    bar.hide()
    for issue in report.issues where isVerbose { say(issue) }
    if let file = arguments.command.options.contains(Self.output) ? arguments[Self.output] : nil {
      try save(report, lines, to: file)
    } else if wantsJSON {
      context.output.document(report.result, asReceived: report.text?.bytes)
    } else {
      for line in lines(report.result) { context.output.line(line) }
    }
    if isVerbose { say(timing(report)) }
  }

  private func timing(_ report: CallReport) -> String {
    let milliseconds = (report.duration.milliseconds * 10).rounded() / 10
    let rounds = report.rounds == 0 ? "" : ", \(report.rounds) rounds of input"
    return "answered in \(milliseconds) ms\(rounds)"
  }

  // MARK: - Content into a file

  private func save(
    _ report: CallReport, _ lines: (JSON) -> [String], to file: String
  ) throws(CommandFailure) {
    if wantsJSON, file == "-" {
      return context.output.document(report.result, asReceived: report.text?.bytes)
    }
    let bytes =
      wantsJSON
      ? Output.bytes(of: report.result, asReceived: report.text?.bytes)
      : try Self.content(of: report.result, lines)
    guard file != "-" else { return context.output.write(bytes) }
    try context.write(bytes, to: file)
    say("wrote \(bytes.count) bytes to \(file)")
  }

  /// What the answer holds beside its words, such as structured content or links, is written where it has no words.
  private static func content(
    of result: JSON, _ lines: (JSON) -> [String]
  ) throws(CommandFailure) -> [UInt8] {
    let items = result["contents"]?.array ?? result["content"]?.array
    var parts: [[UInt8]?] = []
    for item in items ?? [] { parts.append(try bytes(of: item)) }
    let bytes = parts.compactMap(\.self).flatMap(\.self)
    guard bytes.isEmpty else { return bytes }
    if let structured = result["structuredContent"] {
      return Array((structured.pretty + "\n").utf8)
    }
    let isTold = items != nil && !parts.contains(nil)
    return isTold ? [] : Array(lines(result).map { $0 + "\n" }.joined().utf8)
  }

  /// Nil where an item has nothing that could stand in a file.
  private static func bytes(of item: JSON) throws(CommandFailure) -> [UInt8]? {
    let holder = item["resource"] ?? item
    if let encoded = holder["blob"]?.string ?? holder["data"]?.string {
      guard let bytes = Base64Text.decode(encoded) else {
        throw CommandFailure(.protocolError, "the server's blob is no base64")
      }
      return bytes
    }
    return holder["text"]?.string.map { Array($0.utf8) }
  }
}

import Audit
import EventLoop
import JSON
import SafeText
import Settings

extension RecordedCall {
  var startedAt: WallTime { WallTime(microseconds: call.startedAt * 1000) }

  private var milliseconds: Double { (call.milliseconds * 1000).rounded() / 1000 }

  /// The command that would make this call, target included; secrets are masked in it.
  var targetWords: String { words.isEmpty ? target : ShellWords.join(words) }

  // MARK: - In a list

  static let header = ["call", "when", "outcome", "ms", "method", "name", "target"]

  var row: [String] {
    [
      "#\(number)", LocalTime.moment(startedAt), call.outcome.rawValue,
      "\((call.milliseconds * 10).rounded() / 10)", call.method, call.name, target,
    ]
  }

  var summary: JSON {
    [
      "number": .number(JSONNumber(number)), "at": .string(startedAt.description),
      "target": .string(target), "method": .string(call.method), "name": .string(call.name),
      "outcome": .string(call.outcome.rawValue), "milliseconds": .number(JSONNumber(milliseconds)),
      "bytes": .number(JSONNumber(call.bytes)),
    ]
  }

  // MARK: - Alone

  func json(with frames: [RecordedFrame]) -> JSON {
    var object = summary.object ?? [:]
    object["words"] = .array(words.map(JSON.string))
    object["params"] = call.params
    object["answer"] = call.answer
    object["frames"] = .array(frames.filter(\.isMessage).map(\.json))
    object["http"] = .array(frames.filter { !$0.isMessage }.map(\.frame.exchange))
    return .object(object)
  }

  func lines(with frames: [RecordedFrame], isVerbose: Bool) -> [String] {
    let head = [
      "#\(number)  \(call.method) \(call.name)", "target   \(targetWords)",
      "when     \(LocalTime.moment(startedAt))",
      "outcome  \(call.outcome.rawValue) in \(milliseconds) ms, \(call.bytes) bytes",
    ]
    let exchanges = frames.filter { !$0.isMessage }.map { "http     \($0.exchangeLine)" }
    return (head + exchanges).map { SafeText($0).text } + block("params", call.params)
      + block("answer", call.answer) + ["frames"]
      + frames.filter(\.isMessage).flatMap { $0.lines(isVerbose: isVerbose) }
  }

  private func block(_ title: String, _ json: JSON) -> [String] {
    [title]
      + SafeText(json.pretty, .block).text.split(separator: "\n").map { "  \($0)" }
  }
}

extension RecordedFrame {
  /// Whether it is a message and not the facts of an exchange.
  var isMessage: Bool { frame.exchange.isNull }

  private var arrived: WallTime { WallTime(microseconds: frame.at * 1000) }

  fileprivate var json: JSON {
    let text = String(decoding: frame.body, as: UTF8.self)
    let body: JSON
    do { body = try JSON.parse(frame.body) } catch { body = text.isEmpty ? .null : .string(text) }
    return [
      "at": .string(arrived.description), "direction": frame.isOutgoing ? "sent" : "received",
      "bytes": .number(JSONNumber(size)), "message": body,
    ]
  }

  private static let shown = 400

  fileprivate func lines(isVerbose: Bool) -> [String] {
    let words = [
      frame.isOutgoing ? "→" : "←", LocalTime.clock(arrived), method.isEmpty ? "answer" : method,
      rpcID.isEmpty ? "" : "id \(rpcID)", "\(size) bytes",
    ]
    let text = String(decoding: frame.body, as: UTF8.self)
    let body = isVerbose || text.count <= Self.shown ? text : text.prefix(Self.shown) + "…"
    let head = words.filter { !$0.isEmpty }.joined(separator: "  ")
    return ["  \(SafeText(head).text)"] + (body.isEmpty ? [] : ["    \(SafeText(body).text)"])
  }

  /// `POST https://… 200, connected 1.2 ms, firstByte 3.4 ms, total 4 ms`.
  fileprivate var exchangeLine: String {
    let facts = frame.exchange
    let head = [
      facts["verb"]?.string, facts["url"]?.string, facts["status"]?.compact,
      facts["failure"]?.string,
    ]
    let timings = (facts["timings"]?.object?.members ?? []).map {
      "\($0.key) \($0.value.compact) ms"
    }
    return ([head.compactMap { $0 }.joined(separator: " ")] + timings).joined(separator: ", ")
  }
}

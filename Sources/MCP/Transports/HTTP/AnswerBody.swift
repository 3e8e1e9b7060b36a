import HTTP
import HTTPCore
import JSON

/// What the body of an answer comes to that is no event stream.
enum AnswerBody {
  case messages(MessageSeries)
  /// Nothing more is said: the frame was taken.
  case taken
  case refused(HTTPRefusal)
  /// A success that says nothing a client can use, in words.
  case useless(Useless)

  struct Useless {
    let layer: NetworkFailure.Layer
    let cause: String
    /// The cause's name for scripts; nil for that of its layer.
    var code: String?
    var bytes: [UInt8] = []
    var reason = Noise.Reason.notJSON
  }

  /// At most so much of a refusal's body is kept.
  static let refusalLimit = 1 << 20

  init(_ head: HTTPResponseHead, _ bytes: [UInt8], purpose: OutgoingFrame.Purpose) {
    guard head.isSuccess else {
      self = .refused(
        HTTPRefusal(
          status: head.status, headers: head.fields, body: bytes,
          json: RefusalBody.json(bytes, isStream: head.mediaType?.isEventStream == true)))
      return
    }
    let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    switch purpose {
    case .oneWay: self = isBlank ? .taken : Self.aside(bytes)
    case .request, .opening: self = isBlank ? Self.silence(head) : Self.answer(head, bytes)
    }
  }

  private static func silence(_ head: HTTPResponseHead) -> AnswerBody {
    guard head.status != 202 else { return .taken }
    return .useless(
      Useless(
        layer: .message, cause: "the answer is empty (HTTP \(head.status))", code: "empty-answer"))
  }

  /// What is said to a frame that needs no answer counts only where it is a message to somebody.
  private static func aside(_ bytes: [UInt8]) -> AnswerBody {
    do {
      let reading = try JSON.read(bytes)
      let value = reading.value
      let counts =
        value["method"] != nil || value["error"]?.object != nil
        || value["result"] != nil && value["id"] != nil
      return counts ? .messages(MessageSeries(reading, bytes)) : .taken
    } catch {
      return .taken
    }
  }

  private static func answer(_ head: HTTPResponseHead, _ bytes: [UInt8]) -> AnswerBody {
    do {
      let reading = try JSON.readCuttingDepth(bytes)
      switch reading.value {
      case .object, .array: return .messages(MessageSeries(reading, bytes))
      default:
        return .useless(
          Useless(layer: .message, cause: "the answer is JSON but no message", bytes: bytes))
      }
    } catch {
      if let series = MessageSeries(bytes, after: error), series.holdsAnswer {
        return .messages(series)
      }
      let disguise = disguise(head, bytes)
      guard head.mediaType?.isJSON == true else {
        let words = disguise ?? kind(head, bytes)
        return .useless(Useless(layer: .answer, cause: "the answer is \(words)", bytes: bytes))
      }
      let words = disguise ?? "broken JSON: \(error.sentence)"
      return .useless(
        Useless(
          layer: .message, cause: "the answer is \(words)", bytes: bytes,
          reason: .brokenJSON(disguise ?? error.sentence)))
    }
  }

  /// What was done to a body, so that it cannot be read as the JSON that it may well be.
  private static func disguise(_ head: HTTPResponseHead, _ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x1F, 0x8B]), head.fields["Content-Encoding"] == nil {
      return "compressed with gzip, and no Content-Encoding says so"
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      return "text in UTF-16, and JSON must be UTF-8"
    }
    guard bytes.starts(with: ")]}'".utf8) else { return nil }
    return "JSON behind )]}', a prefix against scripts that clients of MCP do not expect"
  }

  /// What the body is instead of what is wanted.
  static func kind(
    _ head: HTTPResponseHead, _ bytes: [UInt8], wanted: String = "JSON"
  ) -> String {
    let type = head.mediaType?.essence
    let start = bytes.prefix(512).drop { $0 <= 0x20 }
    let isPage = type == "text/html" || start.first == UInt8(ascii: "<")
    if isPage { return "a web page, not \(wanted): a wrong path, or a sign-in page in front" }
    return "\(type ?? "of no named type"), not \(wanted)"
  }
}

/// Looks for JSON in the body of a refusal, whatever its type says.
enum RefusalBody {
  static func json(_ bytes: [UInt8], isStream: Bool) -> JSON? {
    if !isStream { return value(bytes) }
    var parser = EventStreamParser(maximumEventSize: AnswerBody.refusalLimit)
    let events = parser.feed(bytes).compactMap { item -> ServerSentEvent? in
      if case .event(let event) = item { event } else { nil }
    }
    return (events + [parser.finish()].compactMap { $0 }).lazy.compactMap { value($0.data) }.first
  }

  /// Only an object or array: a bare word in a page is no JSON-RPC error.
  private static func value(_ bytes: [UInt8]) -> JSON? {
    do {
      let json = try JSON.parse(bytes)
      guard json.object != nil || json.array != nil else { return .none }
      return json
    } catch {
      return nil
    }
  }
}

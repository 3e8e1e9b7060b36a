import EventLoop
import HTTP
import HTTPCore
import MCPEras

/// What an endpoint reads from the head of a request, once for all requests of a connection that repeat it.
@LoopActor
final class EndpointHead {
  let credentials: Credentials
  /// Of a host or a page that may not call.
  let foreign: String?
  /// Whether the path answers the method.
  let isAllowed: Bool
  let isLegacy: Bool
  /// Of a body that would not be read.
  let bodyObjection: AccessRefusal?
  let takesEvents: Bool
  let session: String?
  /// What the session was found to be.
  private var found: HTTPSession?
  let version: NamedVersion?

  init(
    _ request: HTTPServerRequest, _ origins: OriginGuard, isAllowed: Bool, isLegacy: Bool,
    _ versions: Classifier
  ) {
    let fields = request.headers
    credentials = Credentials(
      fields: fields, method: request.method, path: String(request.path), peer: request.peer,
      notes: request.notes)
    foreign = origins.refusal(of: fields)
    self.isAllowed = isAllowed
    self.isLegacy = isLegacy
    let accepted = AcceptedAnswers(fields)
    takesEvents = accepted.contains(.eventStream)
    bodyObjection = Self.objection(toBodyBehind: fields) ?? Self.objection(to: accepted, isLegacy)
    session = fields[HeaderName.session]
    version = versions.named(fields.all(HeaderName.version))
  }

  /// The session, where it was found before and is still open.
  var openSession: HTTPSession? {
    get { found.flatMap { $0.session.isClosed ? nil : $0 } }
    set { found = newValue }
  }

  private static func objection(toBodyBehind fields: HTTPFields) -> AccessRefusal? {
    guard sendsJSON(fields["Content-Type"]) else {
      return AccessRefusal(
        status: 415, text: "The Content-Type must be application/json, in UTF-8.")
    }
    guard let coding = fields["Content-Encoding"], coding.asciiLowercased != "identity" else {
      return nil
    }
    return AccessRefusal(
      status: 415, text: "The body must come as it is, without the Content-Encoding \(coding).",
      fields: ["Accept-Encoding": "identity"])
  }

  private static func sendsJSON(_ type: String?) -> Bool {
    guard let type = type.flatMap({ MediaType($0) }), type.isJSON else { return false }
    return type.charset.map { ["utf-8", "utf8", "us-ascii"].contains($0) } ?? true
  }

  /// The answers of the first revision go another way, whatever a client takes here.
  private static func objection(to accepted: AcceptedAnswers, _ isLegacy: Bool) -> AccessRefusal? {
    guard !isLegacy, accepted != .both else { return nil }
    return AccessRefusal(
      status: 406, text: "Accept must name application/json and text/event-stream.")
  }
}

/// The kinds of answer a client takes.
struct AcceptedAnswers: OptionSet {
  let rawValue: UInt8
  static let json = AcceptedAnswers(rawValue: 1)
  static let eventStream = AcceptedAnswers(rawValue: 2)
  static let both: AcceptedAnswers = [.json, .eventStream]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A client that names nothing, as curl does, takes everything.
  init(_ fields: HTTPFields) {
    guard fields.contains("Accept") else {
      self = .both
      return
    }
    let ranges = fields.elements("Accept").compactMap { MediaType($0) }
    self = []
    if Self.takes(["application/json", "application/*", "*/*"], ranges) { insert(.json) }
    if Self.takes(["text/event-stream", "text/*", "*/*"], ranges) { insert(.eventStream) }
  }

  /// The first of the names that is there decides; a weight of zero refuses.
  private static func takes(_ names: [String], _ ranges: [MediaType]) -> Bool {
    let range = names.lazy.compactMap { name in ranges.first { $0.essence == name } }.first
    return range.map { $0.parameters["q"].flatMap { Double($0) } != 0 } ?? false
  }
}

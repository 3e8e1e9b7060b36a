import EventLoop
import HTTP
import HTTPCore

/// What was found about header values that clients repeat with every request, so that it is found once.
@LoopActor
final class HeaderVerdicts {
  private let origins: OriginGuard
  private var accepts: [String: Accepted] = [:]
  private var latest: (line: String, accepted: Accepted)?
  private static let limit = 256

  /// The kinds of answer a client takes.
  struct Accepted: OptionSet {
    let rawValue: UInt8
    static let json = Accepted(rawValue: 1)
    static let eventStream = Accepted(rawValue: 2)
    static let both: Accepted = [.json, .eventStream]
  }

  init(_ origins: OriginRule) { self.origins = OriginGuard(origins) }

  /// Why a request may not come in; nil where it may.
  func refusal(of fields: HTTPFields) -> String? { origins.refusal(of: fields) }

  /// A client that names nothing, as curl does, takes everything.
  func accepted(_ fields: HTTPFields) -> Accepted {
    guard fields.contains("Accept") else { return .both }
    let line = fields.only("Accept")
    if let line, let latest, latest.line == line { return latest.accepted }
    if let line, let known = accepts[line] {
      latest = (line, known)
      return known
    }
    let names = fields.elements("Accept").map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    var accepted: Accepted = []
    for name in names {
      if ["application/json", "application/*", "*/*"].contains(name) { accepted.insert(.json) }
      if ["text/event-stream", "text/*", "*/*"].contains(name) { accepted.insert(.eventStream) }
    }
    if let line, accepts.count < Self.limit { accepts[line] = accepted }
    return accepted
  }
}

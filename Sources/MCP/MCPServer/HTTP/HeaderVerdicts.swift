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
    let ranges = fields.elements("Accept").compactMap { MediaType($0) }
    var accepted: Accepted = []
    if Self.takes(["application/json", "application/*", "*/*"], ranges) { accepted.insert(.json) }
    if Self.takes(["text/event-stream", "text/*", "*/*"], ranges) { accepted.insert(.eventStream) }
    if let line, accepts.count < Self.limit { accepts[line] = accepted }
    return accepted
  }

  /// The first of the names that is there decides; a weight of zero refuses.
  private static func takes(_ names: [String], _ ranges: [MediaType]) -> Bool {
    let range = names.lazy.compactMap { name in ranges.first { $0.essence == name } }.first
    return range.map { $0.parameters["q"].flatMap { Double($0) } != 0 } ?? false
  }
}

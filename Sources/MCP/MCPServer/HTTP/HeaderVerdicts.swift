import EventLoop
import HTTPCore

/// What was found about header values that clients repeat with every request, so that it is found once.
@LoopActor
final class HeaderVerdicts {
  private let origins: OriginRule
  private var admitted: Set<Sender> = []
  private var accepts: [String: Accepted] = [:]
  private static let limit = 256

  private struct Sender: Hashable {
    let host: String?
    let origin: String?
  }

  /// The kinds of answer a client takes.
  struct Accepted: OptionSet {
    let rawValue: UInt8
    static let json = Accepted(rawValue: 1)
    static let eventStream = Accepted(rawValue: 2)
    static let both: Accepted = [.json, .eventStream]
  }

  init(_ origins: OriginRule) { self.origins = origins }

  /// Why a request may not come in; nil where it may.
  func refusal(of fields: HTTPFields) -> String? {
    let sender = Sender(host: fields["Host"], origin: fields["Origin"])
    if admitted.contains(sender) { return nil }
    if let refusal = origins.refusal(of: fields) { return refusal }
    if admitted.count < Self.limit { admitted.insert(sender) }
    return nil
  }

  /// A client that names nothing, as curl does, takes everything.
  func accepted(_ fields: HTTPFields) -> Accepted {
    let lines = fields.all("Accept")
    guard let line = lines.first else { return .both }
    if lines.count == 1, let known = accepts[line] { return known }
    let names = fields.elements("Accept").map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    var accepted: Accepted = []
    for name in names {
      if ["application/json", "application/*", "*/*"].contains(name) { accepted.insert(.json) }
      if ["text/event-stream", "text/*", "*/*"].contains(name) { accepted.insert(.eventStream) }
    }
    if lines.count == 1, accepts.count < Self.limit { accepts[line] = accepted }
    return accepted
  }
}

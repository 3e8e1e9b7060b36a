import EventLoop
import JSON
import Operations

/// One link of the chain from the configuration to the first answer: a row.
package struct Check: Sendable {
  /// What a failure of that name means here.
  struct Cause: Sendable {
    /// The finding's id; nil for the failure's own name.
    var id: String?
    let fix: String

    init(_ fix: String, id: String? = nil) {
      self.fix = fix
      self.id = id
    }
  }

  typealias Exemption = @LoopActor @Sendable (Examination) -> String?
  typealias Look = @LoopActor @Sendable (Examination) async -> [Finding]

  package let id: String
  package let title: String
  /// Why it does not concern the target; nil where it does.
  let exemption: Exemption
  /// Failures of the connection that are its own, by their names.
  let causes: [String: Cause]
  /// Layers whose other failures are its own.
  let layers: Set<String>
  /// Looks on even where the connection failed before or at it.
  let isIndependent: Bool
  let look: Look

  init(
    _ id: String, _ title: String, exemption: @escaping Exemption = { _ in nil },
    causes: [String: Cause] = [:], layers: Set<String> = [], isIndependent: Bool = false,
    look: @escaping Look
  ) {
    self.id = id
    self.title = title
    self.exemption = exemption
    self.causes = causes
    self.layers = layers
    self.isIndependent = isIndependent
    self.look = look
  }

  /// Every check, in the order of the chain.
  package static let all: [Check] = [
    .config, .program, .name, .connection, .encryption, .answer, .revision, .access, .discovery,
    .token, .speech, .lists, .call,
  ]

  /// The check that a failure of the connection belongs to.
  @LoopActor
  static func holder(of failure: OperationFailure, in examination: Examination) -> Check {
    let reason = failure.reason
    let concerned = all.filter { $0.exemption(examination) == nil }
    if let step = failure.details["auth"]?.string,
      let own = concerned.last(where: { $0.causes[step] != nil })
    {
      return own
    }
    return concerned.first { $0.causes[reason] != nil }
      ?? concerned.first { $0.layers.contains(failure.layer) } ?? .revision
  }

  func finding(_ status: Finding.Status, _ cause: String, _ evidence: [Finding.Evidence] = [])
    -> Finding
  {
    Finding(status, "\(id)-\(status.rawValue)", check: id, cause, evidence: evidence)
  }
}

extension OperationFailure {
  /// The failure's name for scripts.
  var reason: String { details["reason"]?.string ?? layer }
}

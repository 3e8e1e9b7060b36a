import Audit
package import EventLoop
package import JSON
import MCPClient
package import MCPProtocol
import Transports

/// An open conversation with one server, as the screens and commands use it: plain values in and out.
@LoopActor
package final class Connection {
  struct Links {
    let journal: Journal?
    let recorder: JournalRecorder?
    let session: Int64
    let inbox: Inbox
    let traffic: TrafficFacts
    /// Where lists are remembered for the shell.
    let seen: SeenFile?
    /// Where it is noted which scopes a refused call wanted.
    let scopes: ScopeNotes?
    /// What the server is held to, where it is pinned.
    let pin: PinFile?
  }

  package let target: TargetFacts
  /// From the first step to the end of the handshake.
  package let openedIn: Duration
  let session: Session
  let links: Links
  let clock: any LoopClock
  /// What was known of the server before.
  let remembered: RememberedVerdict?

  init(
    _ session: Session, _ target: TargetFacts, _ links: Links, clock: any LoopClock,
    openedIn: Duration, remembered: RememberedVerdict? = nil
  ) {
    self.remembered = remembered
    self.session = session
    self.target = target
    self.links = links
    self.clock = clock
    self.openedIn = openedIn
  }

  /// Memory of the server's process and all it has started, in bytes; nil where it is no process of ours.
  package var residentBytes: Int? { session.residentBytes }

  package func close() async { await session.close() }

  /// The user's word on a question. False where nobody waits for it any more.
  @discardableResult
  package func answer(_ question: Int, _ answer: InputAnswer) -> Bool {
    session.answer(question, answer)
  }

  /// What was out of order so far.
  package var findings: [String] { links.inbox.findings }
}

// MARK: - What it is

/// What was negotiated, and what the server says of itself.
package struct ConnectionFacts: Sendable, Hashable {
  package var target: String
  package var transport: String
  package var isInsecure: Bool
  package var era: Era
  package var version: ProtocolVersion
  package var server: Implementation?
  package var instructions: String?
  package var capabilities: JSON
  package var supportedVersions: [String]
  /// One line a question of the negotiation.
  package var evidence: [String]
  package var openedIn: Duration
  /// Facts of the latest HTTP exchange, null elsewhere.
  package var http: JSON
}

extension Connection {
  /// Why this conversation could be opened without asking everything anew.
  private var earlierEvidence: [String] {
    guard let remembered else { return [] }
    return ["known since \(remembered.time): \(remembered.version)"]
      + remembered.evidence.map { "then: \($0)" }
  }

  package var facts: ConnectionFacts {
    let opening = session.verdict.opening
    return ConnectionFacts(
      target: target.label, transport: session.kind.rawValue, isInsecure: target.isInsecure,
      era: session.verdict.era, version: session.verdict.version, server: session.card.info,
      instructions: session.card.instructions, capabilities: opening["capabilities"] ?? .null,
      supportedVersions: opening["supportedVersions"]?.array?.compactMap(\.string) ?? [],
      evidence: earlierEvidence + session.evidence.map(\.description), openedIn: openedIn,
      http: links.traffic.latest?.json ?? .null)
  }
}

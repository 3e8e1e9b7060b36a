import EventLoop
import JSON
import JSONRPC
import MCPClient
import MCPProtocol
import Testing
import Transports

/// A session on scripted transports: the scripts are played one after another, each on a transport of its own.
@LoopActor
final class Conversation {
  let clock = VirtualClock()
  private(set) var transports: [ScriptedTransport] = []
  private(set) var events: [ClientEvent] = []
  private(set) var lanes: [String] = []
  /// How the peer stands to what was sent; nil where its way cannot tell.
  var attention: PeerAttention?
  var holdsPushStream = false
  private var scripts: [String]
  private let kind: TransportKind

  convenience init(_ kind: TransportKind = .stdio, _ scripts: String...) {
    self.init(kind, scripts: scripts)
  }

  init(_ kind: TransportKind, scripts: [String]) {
    self.kind = kind
    self.scripts = scripts
  }

  func connector(
    _ wish: NegotiationWish = .automatic, settings: SessionSettings = .test,
    remembered: NegotiationVerdict? = nil, authorize: ConnectionPlan.Authorize? = nil
  ) -> Connector {
    let plan = ConnectionPlan(
      route: kind == .stdio ? .process : .http, wish: wish, remembered: remembered,
      makeTransport: { way, lane in self.make(way, lane) }, authorize: authorize)
    return Connector(plan, settings: settings, clock: clock) { self.events.append($0) }
  }

  private func make(_ way: NegotiationWay, _ lane: String) -> any Transport {
    lanes.append("\(lane) \(way)")
    let script = scripts.isEmpty ? "" : scripts.removeFirst()
    let kind = way == .legacyStream ? TransportKind.legacySSE : kind
    let transport = ScriptedTransport(kind, clock: clock, script)
    transport.peerAttention = attention
    transport.holdsPushStream = holdsPushStream
    transports.append(transport)
    return transport
  }

  var peer: ScriptedTransport { transports[transports.count - 1] }

  /// Findings in words, in the order they came.
  var findings: [String] {
    events.compactMap { if case .finding(let finding) = $0 { finding.description } else { nil } }
  }

  var inputs: [InputItem] {
    events.compactMap { if case .input(let item) = $0 { item } else { nil } }
  }

  /// Lets time pass until that has ended, however late it comes to its waits.
  func end<Value: Sendable>(of work: Task<Value, Never>) async -> Value {
    let end = Latch()
    Task {
      _ = await work.value
      end.set()
    }
    while !end.isSet { await clock.advance(by: .seconds(1)) }
    return await work.value
  }

  /// Every line of every transcript has been played.
  func finish(sourceLocation: SourceLocation = #_sourceLocation) {
    for transport in transports {
      #expect(transport.unplayed == [], sourceLocation: sourceLocation)
    }
    #expect(scripts == [], sourceLocation: sourceLocation)
  }
}

extension SessionSettings {
  static let test = SessionSettings(client: Implementation(name: "c", version: "1"))

  static func test(_ features: ClientFeatures, roots: [Root] = []) -> SessionSettings {
    SessionSettings(
      client: Implementation(name: "c", version: "1"), features: features, roots: roots)
  }
}

/// Transcript openings that most conversations share.
enum Opening {
  static func handshake(
    _ version: String = "2025-11-25", capabilities: String = "{}", client: String = "{}"
  ) -> String {
    """
    > {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\(version)","capabilities":\(client),"clientInfo":{"name":"c","version":"1"}}}
    < {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"\(version)","capabilities":\(capabilities),"serverInfo":{"name":"s","version":"1"}}}
    > {"jsonrpc":"2.0","method":"notifications/initialized"}

    """
  }

  /// The same over HTTP, with a session id.
  static func session(_ version: String = "2025-11-25", id: Int = 1) -> String {
    """
    > {"jsonrpc":"2.0","id":\(id),"method":"initialize","params":{"protocolVersion":"\(version)","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
    ! session
    < {"jsonrpc":"2.0","id":\(id),"result":{"protocolVersion":"\(version)","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
    ! complete
    > {"jsonrpc":"2.0","method":"notifications/initialized"}
    ! accepted

    """
  }

  static func stateless(capabilities: String = "{}") -> String {
    """
    > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":{"_meta":"*"}}
    < {"jsonrpc":"2.0","id":"probe-1","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":\(capabilities),"ttlMs":0,"cacheScope":"private"}}

    """
  }
}

/// The error an operation throws; nil where it throws none.
@LoopActor
func failure<T: Sendable>(
  of work: @LoopActor () async throws(ClientError) -> T
) async -> ClientError? {
  do {
    _ = try await work()
    return nil
  } catch {
    return error
  }
}

import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import Transports

/// A Streamable HTTP transport before a scripted server, and what each was told.
@LoopActor
final class HTTPHarness {
  let inbox = Inbox()
  let server: ScriptedServer
  let transport: StreamableHTTP
  /// Every request the server saw, as `POST /mcp`.
  private(set) var seen: [ScriptedRequest] = []

  /// `answer` is called for every request, over as many connections as the client opens.
  init(
    headers: HTTPFields = [:], client: HTTPClient? = nil, tap: TrafficTap = TrafficTap(),
    _ answer: @escaping @LoopActor (ScriptedRequest, ScriptedConnection) async -> Void
  ) async throws {
    let requests = Requests()
    server = try ScriptedServer { connection in
      while let request = await connection.request() {
        requests.all.append(request)
        await answer(request, connection)
        if request.method == "GET" { return }
      }
    }
    var settings = HTTPTransportSettings(try WebURL(server.url("/mcp")), headers: headers)
    settings.reconnection.first = .milliseconds(20)
    settings.reconnection.attempts = 3
    transport = StreamableHTTP(settings, client: client, tap: tap)
    self.requests = requests
    try await transport.start { [inbox] in inbox.take($0) }
  }

  private let requests: Requests
  var all: [ScriptedRequest] { requests.all }

  /// Sends one frame and waits until its exchange is over; returns all that was told.
  func run(_ frame: OutgoingFrame = .ping) async throws -> [String] {
    let exchange = try transport.send(frame)
    try await inbox.wait { $0.ended.contains { $0.0 == exchange } }
    return inbox.transcript
  }

  @LoopActor
  private final class Requests {
    var all: [ScriptedRequest] = []
  }
}

extension OutgoingFrame {
  static let opening = OutgoingFrame(
    bytes: Array(#"{"id":0,"method":"initialize"}"#.utf8), purpose: .opening, method: "initialize")
  static let notice = OutgoingFrame(
    bytes: Array(#"{"method":"n"}"#.utf8), purpose: .oneWay, method: "n")
}

extension TransportProfile {
  /// What a revision with sessions and streams asks for.
  static let full = TransportProfile(
    headers: ["MCP-Protocol-Version": "2025-11-25"], keepsSession: true, opensPushStream: false,
    resumesStreams: true)
}

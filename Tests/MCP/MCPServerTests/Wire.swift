import EventLoop
import HTTP
import HTTPCore
import JSON

@testable import MCPServer

/// A server behind a real socket on this machine, and a client that says what a test wants.
@LoopActor
final class Wire {
  let clock = VirtualClock()
  let server: Server
  let endpoint: HTTPEndpoint
  private let listener: HTTPServer
  private let client = HTTPClient()

  struct Answer: Sendable {
    var status: Int
    var fields: HTTPFields
    var body: [UInt8]

    var json: JSON {
      do { return try JSON.parse(body) } catch { return .null }
    }

    var events: [ServerSentEvent] {
      var parser = EventStreamParser()
      return parser.feed(body).compactMap { item in
        switch item {
        case .event(let event): event
        case .identifier(let id): ServerSentEvent(data: "", id: id)
        default: nil
        }
      }
    }
  }

  struct Session: Sendable {
    var fields: HTTPFields
  }

  init(
    _ catalog: Catalog = Sample.catalog, gate: any AccessGate = OpenGate(),
    settings: EndpointSettings = EndpointSettings(),
    log: any InvocationLog = NoLog()
  ) throws {
    server = Server(
      catalog, surroundings: ServerSurroundings(clock: clock, seal: .forTests), gate: gate,
      log: log)
    let endpoint = HTTPEndpoint(server, settings)
    self.endpoint = endpoint
    listener = try HTTPServer.start(listen: try ListenAddress("127.0.0.1:0")) {
      endpoint.handle($0, $1)
    }
  }

  func stop() {
    endpoint.drain()
    listener.stop()
    client.close()
  }

  func send(
    _ method: String, _ fields: HTTPFields = [:], _ body: String = "", path: String = "/mcp"
  ) async throws -> Answer {
    let exchange = try begin(method, fields, body, path: path)
    let head = try await exchange.head()
    var bytes: [UInt8] = []
    while let piece = try await exchange.chunk() { bytes += piece }
    return Answer(status: head.status, fields: head.fields, body: bytes)
  }

  func begin(
    _ method: String, _ fields: HTTPFields = [:], _ body: String = "", path: String = "/mcp"
  ) throws -> HTTPExchange {
    let standard: HTTPFields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]
    let url = try WebURL("http://127.0.0.1:\(listener.port)\(path)")
    return client.send(
      HTTPRequest(method, url, fields: standard.overlaid(with: fields), body: Array(body.utf8)))
  }

  func open(_ version: String, _ fields: HTTPFields = [:]) async throws -> Session {
    let message: JSON = [
      "jsonrpc": "2.0", "id": 0, "method": "initialize",
      "params": [
        "protocolVersion": .string(version), "capabilities": ["elicitation": [:]],
        "clientInfo": ["name": "test", "version": "1"],
      ],
    ]
    let answer = try await send("POST", fields, message.compact)
    var session = Session(fields: ["MCP-Protocol-Version": version])
    session.fields["Mcp-Session-Id"] = answer.fields["Mcp-Session-Id"]
    let ready: JSON = ["jsonrpc": "2.0", "method": "notifications/initialized"]
    _ = try await send("POST", session.fields.overlaid(with: fields), ready.compact)
    return session
  }

  func ask(
    _ method: String, _ params: JSONObject = JSONObject(), session: Session,
    _ fields: HTTPFields = [:]
  ) async throws -> Answer {
    let message: JSON = [
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
    ]
    return try await send("POST", session.fields.overlaid(with: fields), message.compact)
  }

  /// A request of the stateless revision.
  func alone(
    _ method: String, _ params: JSONObject = JSONObject(), fields: HTTPFields = [:]
  ) async throws -> Answer {
    var params = params
    var headers: HTTPFields = ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method]
    if let name = params["name"]?.string { headers["Mcp-Name"] = name }
    params["_meta"] = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": ["elicitation": [:]],
    ]
    let message: JSON = [
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
    ]
    return try await send("POST", headers.overlaid(with: fields), message.compact)
  }
}

/// Takes the Authorization header for the caller's name.
@LoopActor
final class NamedGate: AccessGate {
  nonisolated init() {}

  func admit(_ credentials: Credentials, then: @escaping @LoopActor (Admission) -> Void) {
    guard let name = credentials.fields["Authorization"] else {
      return then(
        .refused(
          AccessRefusal(status: 401, text: "Who?", fields: ["WWW-Authenticate": "Bearer"])))
    }
    then(.admitted(Caller(principal: name)))
  }

  func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict { .allowed }
}

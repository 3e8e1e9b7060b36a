import EventLoop
import JSON
import Operations
import Transports

/// A server in memory: answers by method, asks and tells on its own when a handler says so.
@LoopActor
final class TestServer {
  enum Reply {
    case result(JSON)
    case error(Int, String, JSON = .null)
    /// Never answers.
    case silence
  }

  typealias Handler = @LoopActor (JSON, TestServer) async -> Reply

  private let version: String
  private let capabilities: JSON
  private var handlers: [String: Handler]
  private var transport: MemoryTransport?
  private var waiting: [Int: CheckedContinuation<JSON, Never>] = [:]
  private var lastAsked = 0
  /// Every message the client sent, in order.
  private(set) var received: [JSON] = []

  nonisolated init(
    _ version: String = "2025-11-25", capabilities: JSON = ["tools": [:]],
    _ handlers: [String: Handler] = [:]
  ) {
    self.version = version
    self.capabilities = capabilities
    self.handlers = handlers
  }

  nonisolated convenience init(_ handlers: [String: Handler]) {
    self.init("2025-11-25", handlers)
  }

  nonisolated var source: TransportSource {
    TransportSource { [self] _, tap in
      let made = MemoryTransport(tap: tap) { [self] frame, transport in
        take(frame.bytes, transport)
      }
      transport = made
      return made
    }
  }

  /// What the client sent under that method.
  func sent(_ method: String) -> [JSON] {
    received.filter { $0["method"]?.string == method }.map { $0["params"] ?? .null }
  }

  // MARK: - Speaking

  func tell(_ method: String, _ params: JSON = [:]) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// Asks the client and waits for its whole response.
  func ask(_ method: String, _ params: JSON) async -> JSON {
    lastAsked += 1
    let id = lastAsked
    return await withCheckedContinuation { continuation in
      waiting[id] = continuation
      send([
        "jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": .string(method),
        "params": params,
      ])
    }
  }

  func die() { transport?.end(.byPeer) }

  private func send(_ json: JSON) { transport?.deliver(json, bytes: json.compactBytes) }

  // MARK: - Listening

  private func take(_ bytes: [UInt8], _ transport: MemoryTransport) {
    guard let json = try? JSON.parse(bytes) else { return }
    received.append(json)
    guard let method = json["method"]?.string else {
      if let id = json["id"]?.int { waiting.removeValue(forKey: id)?.resume(returning: json) }
      return
    }
    guard let id = json["id"] else { return }
    Task { @LoopActor in
      let reply = await reply(to: method, json["params"] ?? [:])
      guard let response = Self.response(id, reply) else { return }
      transport.deliver(response, bytes: response.compactBytes)
    }
  }

  private static func response(_ id: JSON, _ reply: Reply) -> JSON? {
    switch reply {
    case .result(let result): ["jsonrpc": "2.0", "id": id, "result": result]
    case .error(let code, let message, let data):
      [
        "jsonrpc": "2.0", "id": id,
        "error": [
          "code": .number(JSONNumber(code)), "message": .string(message), "data": data,
        ],
      ]
    case .silence: nil
    }
  }

  private func reply(to method: String, _ params: JSON) async -> Reply {
    if let handler = handlers[method] { return await handler(params, self) }
    switch method {
    case "initialize":
      if version == "2026-07-28" { return .error(-32601, "Method not found") }
      return .result([
        "protocolVersion": .string(version), "capabilities": capabilities,
        "serverInfo": ["name": "test", "version": "1"],
      ])
    case "server/discover" where version == "2026-07-28":
      return .result([
        "resultType": "complete", "supportedVersions": [.string(version)],
        "capabilities": capabilities, "ttlMs": 0, "cacheScope": "private",
        "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "test", "version": "1"]],
      ])
    case "ping": return .result([:])
    default: return .error(-32601, "Method not found")
    }
  }
}

extension TestServer.Reply {
  static func text(_ text: String, isError: Bool = false) -> TestServer.Reply {
    .result([
      "content": [["type": "text", "text": .string(text)]], "isError": .bool(isError),
      "resultType": "complete",
    ])
  }

  static func tools(_ tools: JSON...) -> TestServer.Reply {
    .result([
      "tools": .array(tools), "resultType": "complete", "ttlMs": 0, "cacheScope": "private",
    ])
  }
}

extension JSON {
  /// A tool that takes what that schema says.
  static func tool(
    _ name: String, properties: JSON = [:], required: JSON = [], annotations: JSON = [:],
    definitions: JSON = [:]
  ) -> JSON {
    [
      "name": .string(name), "annotations": annotations,
      "inputSchema": [
        "type": "object", "properties": properties, "required": required, "$defs": definitions,
      ],
    ]
  }
}

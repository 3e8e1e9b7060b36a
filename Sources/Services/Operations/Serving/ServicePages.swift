import EventLoop
import Glibc
import HTTP
import HTTPCore
import JSON
import MCPProtocol
import MCPServer

/// What a served system tells about itself beside its endpoint.
struct ServiceFacts: Sendable {
  var system: String
  var program: String
  var info: Implementation
  var endpoint: String
  var front: ServingFront
  var hasLegacyStream: Bool
  var needsKey: Bool
  /// Those of the system's own authorization server; nil for none.
  var tokenScopes: [String]?
  /// Every tool with what it needs.
  var tools: [(name: String, scopes: [String])]
  var startedAt: LoopInstant
}

/// Health, version, metrics and the descriptor by which clients configure themselves.
@LoopActor
struct ServicePages {
  let facts: ServiceFacts
  let tally: ServingTally
  let clock: any LoopClock

  struct Page {
    var status = 200
    var type = "application/json"
    var body: String
  }

  /// The rows under which a server finds them; `server` is the one that is running by then.
  func routes(of server: @escaping @LoopActor @Sendable () -> HTTPServer?) -> [HTTPRoute] {
    Self.rows.map { row in
      HTTPRoute.get(row.path, readers: row.readers) { request, responder in
        let page = row.make(self, request, server())
        responder.respond(
          status: page.status, headers: ["Content-Type": page.type, "Cache-Control": "no-store"],
          body: Array(page.body.utf8))
      }
    }
  }

  private struct Row: Sendable {
    let path: String
    var readers = HTTPRoute.Readers.ownPages
    let make: @LoopActor @Sendable (ServicePages, HTTPServerRequest, HTTPServer?) -> Page
  }

  private static let rows = [
    Row(path: "/healthz") { pages, _, server in pages.health(server) },
    Row(path: "/version") { pages, _, _ in pages.version },
    Row(path: "/metrics") { pages, request, server in pages.metrics(request, server) },
    Row(path: "/.well-known/mcp.json", readers: .anyPage) { pages, request, _ in
      pages.descriptor(request)
    },
  ]

  // MARK: - Pages

  /// 503 tells a load balancer to send its clients elsewhere.
  private func health(_ server: HTTPServer?) -> Page {
    if server?.isDraining == true {
      return Page(status: 503, body: #"{"status":"draining"}"#)
    }
    guard let failure = tally.auditFailure else { return Page(body: #"{"status":"ok"}"#) }
    let json: JSON = ["status": "failing", "reason": .string(failure)]
    return Page(status: 503, body: json.compact)
  }

  private var version: Page {
    let json: JSON = [
      "program": "alidade", "version": .string(facts.program), "system": .string(facts.system),
      "revisions": .array(ProtocolVersion.known.map { .string($0.rawValue) }),
    ]
    return Page(body: json.compact)
  }

  private func descriptor(_ request: HTTPServerRequest) -> Page {
    let base = facts.front.base(asked: request.headers["Host"])
    var endpoints: [JSON] = [
      ["type": "streamable-http", "url": .string("\(base)\(facts.endpoint)")]
    ]
    if facts.hasLegacyStream {
      endpoints.append(["type": "sse", "url": .string("\(base)/sse")])
    }
    var json: JSONObject = [
      "name": .string(facts.info.name), "version": .string(facts.info.version),
      "protocolVersions": .array(ProtocolVersion.known.map { .string($0.rawValue) }),
      "endpoints": .array(endpoints), "authentication": authentication,
      "tools": .array(
        facts.tools.map { tool in
          ["name": .string(tool.name), "scopes": .array(tool.scopes.map(JSON.string))]
        }),
    ]
    if let title = facts.info.title {
      json.members.insert(.init(key: "title", value: .string(title)), at: 1)
    }
    return Page(body: JSON.object(json).compact)
  }

  private var authentication: JSON {
    let takesTokens = facts.tokenScopes != nil
    guard facts.needsKey || takesTokens else { return ["required": false] }
    let schemes: [JSON] = (facts.needsKey ? ["bearer"] : []) + (takesTokens ? ["oauth2"] : [])
    let headers: [JSON] =
      ["Authorization"] + (facts.needsKey ? ["x-api-key", "X-MCP-API-Key"] : [])
    let scopes = Set(facts.tools.flatMap(\.scopes) + (facts.tokenScopes ?? [])).sorted()
    return [
      "required": true, "schemes": .array(schemes), "headers": .array(headers),
      "scopes": .array(scopes.map(JSON.string)),
    ]
  }
}

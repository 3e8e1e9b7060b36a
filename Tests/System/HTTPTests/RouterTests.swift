import EventLoop
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@testable import HTTP

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct RouterTests {
  private let local = ListenAddress(hosts: [.ipv4(IPv4Address(bits: 0x7F00_0001))], port: 0)

  private var router: HTTPRouter {
    let router = HTTPRouter(OriginRule())
    router.add([
      .get("/page", readers: .ownPages) { _, out in out.respond(status: 200) },
      .get("/card", readers: .anyPage) { _, out in out.respond(status: 200) },
      .get("/items/:id/parts/:part") { request, out in
        let words = ["id", "part"].compactMap { request.variables[$0] }
        out.respond(status: 200, body: Array(words.joined(separator: " ").utf8))
      },
      .post("/items/:id/parts/:part") { _, out in out.respond(status: 201) },
      HTTPRoute(["POST", "GET"], "/call", refusesItself: true) { request, out in
        out.respond(status: request.headers["Host"] == "evil.example.com" ? 418 : 200)
      },
    ])
    return router
  }

  /// The head and body of the answer to one request.
  private func answer(_ line: String, _ fields: [String] = []) async throws -> String {
    let router = router
    let server = try HTTPServer.start(listen: local) { router.handle($0, $1) }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    let host = fields.contains { $0.hasPrefix("Host") } ? [] : ["Host: localhost"]
    let head = ["\(line) HTTP/1.1"] + host + fields + ["Connection: close", "", ""]
    await peer.write(head.joined(separator: "\r\n"))
    return await peer.readAll()
  }

  private nonisolated static let rows: [(line: String, fields: [String], status: Int)] = [
    ("GET /page", [], 200), ("HEAD /page", [], 200), ("POST /page", [], 405),
    ("OPTIONS /page", [], 204), ("GET /nothing", [], 404), ("GET /page/", [], 404),
    ("GET /items/7/parts/9", [], 200), ("POST /items/7/parts/9", [], 201),
    ("PUT /items/7/parts/9", [], 405), ("GET /items//parts/9", [], 404),
    ("GET /page", ["Host: evil.example.com"], 403),
    ("GET /card", ["Host: evil.example.com"], 403),
    ("POST /call", ["Host: evil.example.com"], 418), ("DELETE /call", [], 200),
    ("GET /page", ["Origin: https://evil.example.com"], 403),
    ("GET /card", ["Origin: https://evil.example.com"], 200),
  ]

  @Test(arguments: rows.indices)
  func `a request goes to the row of its path and method, past the guard`(row: Int) async throws {
    let (line, fields, status) = Self.rows[row]
    let answer = try await answer(line, fields)
    #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(line): \(answer)")
  }

  @Test func `what stands in the place of a variable reaches the handler`() async throws {
    #expect(try await answer("GET /items/a%20b/parts/9").hasSuffix("\r\n\r\na%20b 9"))
  }

  @Test func `a page may read what it may call, and a browser is told so`() async throws {
    let page = ["Origin: http://localhost:6274"]
    let called = try await answer("POST /call", page).lowercased()
    #expect(called.contains("access-control-allow-origin: http://localhost:6274\r\n"))
    #expect(called.contains("vary: origin\r\n") && called.contains("mcp-session-id"))
    let question =
      page + [
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization,mcp-session-id",
        "Access-Control-Request-Private-Network: true",
      ]
    let told = try await answer("OPTIONS /call", question).lowercased()
    #expect(told.hasPrefix("http/1.1 204"))
    #expect(told.contains("access-control-allow-headers: authorization,mcp-session-id\r\n"))
    #expect(told.contains("access-control-allow-methods: post, get\r\n"))
    #expect(told.contains("access-control-allow-private-network: true\r\n"))
    let card = try await answer("GET /card", ["Origin: https://evil.example.com"]).lowercased()
    #expect(card.contains("access-control-allow-origin: *\r\n") && !card.contains("vary"))
    #expect(try await !answer("GET /page", page).lowercased().contains("access-control"))
  }

  @Test func `a foreign page is refused its preliminary question`() async throws {
    let question = ["Origin: https://evil.example.com", "Access-Control-Request-Method: POST"]
    for path in ["/call", "/page"] {
      let told = try await answer("OPTIONS \(path)", question).lowercased()
      #expect(told.hasPrefix("http/1.1 403") && !told.contains("access-control"), "\(path)")
    }
  }

  private nonisolated static let names: [(host: String, origin: String, isFine: Bool)] = [
    ("10.0.0.7:80", "http://10.0.0.7:80", true), ("[fd00::7]", "http://[fd00::7]", true),
    ("rebound.example.com", "http://rebound.example.com", false),
    ("own.example.com", "https://own.example.com", true),
    ("10.0.0.7", "https://app.example.com", true), ("10.0.0.7", "http://10.0.0.8", false),
  ]

  @Test(arguments: names.indices)
  func `a server that others can reach admits pages by numbers and known names`(row: Int) {
    var rule = OriginRule()
    rule.isLoopback = false
    rule.hosts = ["own.example.com"]
    rule.origins = ["https://app.example.com"]
    let (host, origin, isFine) = Self.names[row]
    #expect((rule.refusal(of: ["Host": host, "Origin": origin]) == nil) == isFine)
  }
}

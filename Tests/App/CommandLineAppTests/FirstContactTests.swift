import CommandLineApp
import EventLoop
import ScriptedServer
import TestSupport
import Testing

/// What answers every request, and how the first contact must end.
private struct Row: Sendable {
  let reply: OddServer.Reply
  let code: ExitCode
  let errors: [String]

  init(_ reply: OddServer.Reply, _ code: ExitCode, _ errors: String...) {
    (self.reply, self.code, self.errors) = (reply, code, errors)
  }
}

@LoopActor
@Suite(.inTurns) struct FirstContactTests {
  nonisolated private static let everything: [Row] = [
    Row(
      .html("<html>Sign in</html>"), .unreachable,
      "URL: no MCP endpoint answers at this URL (server/discover and initialize: the answer is a web page, not JSON",
      "event stream: the answer is a web page, not an event stream", "Many end in /mcp or /sse"),
    Row(
      .status("404 Not Found", [], "no such page"), .unreachable,
      "server/discover and initialize and event stream: HTTP 404"),
    Row(.status("200 OK"), .unreachable, "the answer is empty (HTTP 200)"),
    Row(
      .status("202 Accepted"), .unreachable, "no MCP endpoint", "was only taken note of (HTTP 202)"),
    Row(#"{"status":"ok"}"#, .unreachable, "no MCP endpoint", "“{\"status\":\"ok\"}”"),
    Row(.status("401 Unauthorized"), .unauthorized, "the server asks to sign in (HTTP 401)\n"),
    Row(
      .status(
        "403 Forbidden", [#"WWW-Authenticate: Bearer error="insufficient_scope", scope="a b""#]),
      .unauthorized, "asks for wider rights (HTTP 403): insufficient_scope, scope a b"),
    Row(.status("403 Forbidden", [], "no"), .unauthorized, "HTTP 403 (Forbidden): no"),
    Row(
      .status("503 Service Unavailable", ["Retry-After: 30"]), .unreachable,
      "HTTP 503 (Service Unavailable), to be tried again after 30 s"),
    Row(
      .status("502 Bad Gateway", ["Content-Type: text/html"], "<h1>502</h1>"), .unreachable,
      "HTTP 502 (Bad Gateway)\n", "the server behind it does not"),
    Row(
      .status("307 Temporary Redirect", ["Location: /mcp"]), .unreachable,
      "redirect not followed from URL: the server redirects in a circle"),
    Row(
      .status("302 Found", ["Location: /login"]), .unreachable,
      "such a redirect drops the request, so use that URL instead"),
    Row(
      .status("308 Permanent Redirect", ["Location: http://evil.example/mcp"]), .unreachable,
      "credentials do not cross an origin"),
    Row(
      .raw("SSH-2.0-x\r\n\r\n"), .unreachable, "is not proper HTTP",
      "if that port wants TLS, write https://"),
    Row(
      #"{"jsonrpc":"2.0","id":{id},"error":{"code":-32022,"message":"no","data":{"supported":["2031-01-01"]}}}"#,
      .protocolError, "no revision in common: the server speaks 2031-01-01"),
  ]

  @Test(arguments: everything.indices)
  func `a first contact that leads nowhere says what was tried and what came back`(
    index: Int
  ) async throws {
    let row = Self.everything[index]
    let server = try OddServer { _ in row.reply }
    let run = await CommandRun.of(["list", "tools", server.url], isTerminal: false)
    #expect(run.code == row.code && run.output.isEmpty)
    let errors = run.errors.replacing(server.url, with: "URL")
    for part in row.errors { #expect(errors.contains(part), "\(errors)") }
  }

  @Test func `an address without a path gets the usual ones as a hint`() async throws {
    let server = try OddServer { _ in OddServer.Reply.status("404 Not Found") }
    let run = await CommandRun.of(["list", "tools", server.server.url("")], isTerminal: false)
    #expect(run.errors.contains("try \(server.server.url("/mcp")) or \(server.server.url("/sse"))"))
  }

  @Test func `an event stream that is none is told by its own fault`() async throws {
    func check(
      _ reply: OddServer.Reply, _ code: ExitCode, _ sentence: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let server = try OddServer { $0 == "GET" ? reply : nil }
      let words = ["list", "tools", server.url, "--transport", "sse"]
      let run = await CommandRun.of(words, isTerminal: false)
      #expect(run.code == code, sourceLocation: sourceLocation)
      let errors = run.errors.replacing(server.url, with: "URL")
      #expect(errors.contains(sentence), "\(errors)", sourceLocation: sourceLocation)
    }
    try await check(
      .stream(": x\n\n"), .unreachable,
      "no usable answer from URL: the stream ended before it named an endpoint")
    try await check(
      .stream("event: endpoint\ndata: http://evil.example/m\n\n"), .protocolError,
      "broken answer from URL: it names http://evil.example/m as its endpoint, which is another origin"
    )
    try await check(.html("<p>"), .unreachable, "the answer is a web page, not an event stream")
    try await check(
      .status("401 Unauthorized"), .unauthorized, "the server asks to sign in (HTTP 401)")
    try await check(
      .status("500 Internal Server Error"), .unreachable, "HTTP 500 (Internal Server Error)")
  }

  @Test func `what keeps a request from being sent is a fault of usage`() async throws {
    func check(_ option: [String], _ sentence: String, scheme: String = "http:") async throws {
      let server = try OddServer { _ in nil }
      let address = server.url.replacing("http:", with: scheme)
      let run = await CommandRun.of(["list", "tools", address] + option, isTerminal: false)
      #expect(run.code == .usage)
      #expect(run.errors.contains(sentence), "\(run.errors)")
    }
    try await check(["-H", "A: b\nEvil: 1"], "has a line break or control character in it")
    try await check(["-H", "A: b\u{1}"], "has a line break or control character in it")
    try await check(["-H", "Content-Length: 3"], "belongs to the connection and cannot be set")
    try await check(["-H", "transfer-encoding: chunked"], "belongs to the connection")
    try await check(["-H", "A b: c"], "is no header name")
    try await check(
      ["--cacert", "/nonexistent"], "a certificate or key file cannot be used", scheme: "https:")
  }
}

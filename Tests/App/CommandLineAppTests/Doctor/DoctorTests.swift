import CommandLineApp
import EventLoop
import JSON
import TestSupport
import Testing

@LoopActor
@Suite(.inTurns) struct DoctorTests {
  private func report(_ words: [String]) async throws -> (JSON, CommandRun) {
    let run = await CommandRun.of(["doctor", "--json"] + words, isTerminal: false)
    return (try JSON.parse(run.output), run)
  }

  nonisolated static let cases: [DoctorRow] = [
    DoctorRow("a wrong path", "not-mcp", code: .unreachable, "HTTP 404", "/mcp or /sse") { _ in
      .status("404 Not Found", ["Content-Type: text/plain"], "no such page")
    },
    DoctorRow("a web page", "web-page", code: .unreachable, "text/html") { _ in
      .html("<html>Sign in</html>")
    },
    DoctorRow("overload", "http-429", code: .unreachable, "429", "wait as told") { _ in
      .status("429 Too Many Requests", ["Retry-After: 7"], "slow down")
    },
    DoctorRow("a dead upstream", "http-502", code: .unreachable, "502") { _ in
      .status("502 Bad Gateway")
    },
    DoctorRow("a fault", "http-500", code: .unreachable, "kaput") { _ in
      .status("500 Internal Server Error", [], "kaput")
    },
    DoctorRow("a foreign host", "host-refused", code: .unreachable, "Invalid Host", "allowed hosts")
    { _ in
      .status("421 Misdirected Request", [], "Invalid Host header")
    },
    DoctorRow("no HTTP", "http-not-http", code: .unreachable, "something else") { _ in
      .raw("SSH-2.0-x\r\n\r\n")
    },
    DoctorRow("a hang-up", "http-lost", code: .unreachable, "https") { _ in .raw("") },
    DoctorRow("a redirect to elsewhere", "redirect", code: .unreachable, "301") { _ in
      .status("301 Moved Permanently", ["Location: http://other.example/mcp"])
    },
    DoctorRow("a refusal of revisions", "initialize-refused", code: .protocolError, "-32000") {
      what in
      what.hasPrefix("POST")
        ? #"{"jsonrpc":"2.0","id":{id},"error":{"code":-32000,"message":"go away"}}"# : nil
    },
    DoctorRow("a broken list", "list-failed", code: .protocolError, "must be able to list") {
      what in
      what == "POST tools/list"
        ? #"{"jsonrpc":"2.0","id":{id},"error":{"code":-32603,"message":"kaput"}}"# : nil
    },
    DoctorRow("a circle of redirects", "redirect-loop", code: .unreachable, "307") { _ in
      .status("307 Temporary Redirect", ["Location: /mcp"])
    },
    DoctorRow("nothing in the answer", "empty-answer", code: .unreachable, "look at its log") { _ in
      .status("200 OK", ["Content-Type: application/json"])
    },
    DoctorRow("an answer that never comes", "accepted-only", code: .unreachable, "202") { _ in
      .status("202 Accepted")
    },
    DoctorRow("half a message", "broken-message", code: .unreachable, "sound JSON") { _ in
      .status("200 OK", ["Content-Type: application/json"], #"{"jsonrpc":"2.0","#)
    },
    DoctorRow("a body that is too large", "http-413", code: .unreachable, "too large") { _ in
      .status("413 Payload Too Large")
    },
    DoctorRow("a wrong type", "http-415", code: .unreachable, "application/json") { _ in
      .status("415 Unsupported Media Type")
    },
    DoctorRow("types that are not wanted", "http-406", code: .unreachable, "other types") { _ in
      .status("406 Not Acceptable")
    },
    DoctorRow("a proxy's own door", "http-407", code: .unreachable, "credentials") { _ in
      .status("407 Proxy Authentication Required")
    },
    DoctorRow("a cold start", "http-503", code: .unreachable, "again later") { _ in
      .status("503 Service Unavailable", ["Retry-After: 5"])
    },
    DoctorRow("a gateway's patience", "http-504", code: .unreachable, "takes too long") { _ in
      .status("504 Gateway Timeout")
    },
    DoctorRow("a path without POST", "not-mcp", code: .unreachable, "/mcp or /sse") { _ in
      .status("405 Method Not Allowed")
    },
    DoctorRow("a plan that does not suffice", "http-403", code: .unauthorized, "role") { _ in
      .status("403 Forbidden", [], #"{"detail":"not your plan"}"#)
    },
  ]

  @Test(arguments: cases.indices)
  func `a broken server is known by its cause, with proof and remedy`(index: Int) async throws {
    let server = try OddServer(Self.cases[index].rule)
    try await Self.cases[index].check(at: server.url, #_sourceLocation)
  }

  @Test func `a healthy server has no error, and every check is told`() async throws {
    let server = try OddServer { _ in nil }
    let (json, run) = try await report([server.url])
    #expect(run.code == .ok, "\(run.output)")
    #expect(json["healthy"] == true)
    let checks = Set((json["findings"]?.array ?? []).compactMap { $0["check"]?.string })
    #expect(checks.isSuperset(of: ["config", "tcp", "http", "protocol", "auth", "lists", "call"]))
  }

  @Test func `what stops the chain makes the rest pointless`() async throws {
    let (json, run) = try await report(["http://127.0.0.1:1/mcp"])
    #expect(run.code == .unreachable)
    let findings = json["findings"]?.array ?? []
    #expect(findings.first { $0["status"] == "error" }?["id"] == "tcp-refused")
    #expect(findings.first { $0["check"] == "lists" }?["status"] == "skipped")
  }

  @Test func `another path that speaks MCP is found and named`() async throws {
    let server = try OddServer { _ in nil }
    let other = try OddServer { _ in nil }
    #expect(server.url != other.url)
    let (json, _) = try await report([
      server.url.replacing("http:", with: "https:")
    ])
    let error = json["findings"]?.array?.first { $0["status"] == "error" }
    #expect(error?["fix"]?.string == "use \(server.url): it speaks MCP", "\(json.compact)")
  }

  @Test func `a program that is not there is named with the path that was searched`() async throws {
    let (json, run) = try await report(["--", "no-such-program-at-all"])
    #expect(run.code == .unreachable)
    #expect(
      json["findings"]?.array?.first { $0["status"] == "error" }?["id"] == "program-not-found")
  }

  @Test func `a target that cannot be read is a finding too`() async throws {
    for words in [["@nobody"], ["http://"], ["https://x.example/mcp", "-H", "broken"]] {
      let (json, run) = try await report(words)
      #expect(run.code == .usage, "\(words) \(run.output)")
      #expect(json["findings"]?.array?.contains { $0["status"] == "error" } == true)
    }
  }

  @Test func `reports come in every format`() async throws {
    for (format, part) in [
      ("junit", "<testcase classname=\"tcp\" name=\"tcp-refused\"><failure"),
      ("sarif", "\"ruleId\": \"tcp-refused\""), ("markdown", "## tcp-refused"),
      ("text", "id: tcp-refused"),
    ] {
      let run = await CommandRun.of(
        ["doctor", "--format", format, "http://127.0.0.1:1/mcp"], isTerminal: false)
      #expect(run.output.contains(part), "\(run.output)")
      #expect(run.code == .unreachable)
    }
  }

  @Test func `warnings count only where they are asked to`() async throws {
    let server = try OddServer { what in
      what == "POST tools/list"
        ? #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[{"name":"a","inputSchema":{"type":"object"}},{"name":"a","inputSchema":{"type":"object"}}]}}"#
        : nil
    }
    let (json, run) = try await report([server.url])
    #expect(run.code == .ok)
    #expect(json.compact.contains("list-duplicate-name"))
    let strict = try await report([server.url, "--fail-on", "warning"])
    #expect(strict.1.code == .protocolError)
  }
}

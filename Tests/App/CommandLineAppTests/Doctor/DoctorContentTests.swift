import CommandLineApp
import EventLoop
import JSON
import Synchronization
import TestSupport
import Testing

/// Servers that are reached, and say what they should not.
@LoopActor
@Suite(.inTurns) struct DoctorContentTests {
  nonisolated private static func answer(_ method: String, _ result: String) -> OddServer.Rule {
    { what in
      what == "POST \(method)"
        ? .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"result":\#(result)}"#) : nil
    }
  }

  nonisolated private static func refusal(_ method: String, _ error: String) -> OddServer.Rule {
    { what in
      what == "POST \(method)"
        ? .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"error":\#(error)}"#) : nil
    }
  }

  nonisolated private static func hello(_ version: String, _ capabilities: String) -> String {
    #"{"protocolVersion":"\#(version)","capabilities":\#(capabilities),"serverInfo":{"name":"odd","version":"1"}}"#
  }

  /// A tool that only reads, and what a call of it comes to.
  nonisolated private static func tool(_ more: String = "", calls result: String) -> OddServer.Rule
  {
    let list =
      #"{"tools":[{"name":"look","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}\#(more)}]}"#
    return { what in
      answer("tools/list", list)(what) ?? answer("tools/call", result)(what)
    }
  }

  nonisolated private static func failing(_ words: String) -> OddServer.Rule {
    tool(calls: #"{"content":[{"type":"text","text":"\#(words)"}],"isError":true}"#)
  }

  nonisolated private static let output =
    #","outputSchema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#

  nonisolated static let protocols: [DoctorRow] = [
    DoctorRow(
      "a revision of its own", "no-shared-revision", code: .protocolError, "1999-01-01", "update",
      rule: answer("initialize", hello("1999-01-01", "{}"))),
    DoctorRow(
      "another revision than was asked", "revision-refused", code: .protocolError, "2025-11-25",
      words: ["HERE", "--protocol", "2024-11-05"]),
    DoctorRow(
      "a refusal", "initialize-refused", code: .protocolError, "go away",
      rule: refusal("initialize", #"{"code":-32000,"message":"go away"}"#)),
    DoctorRow(
      "a stream that names no endpoint", "no-endpoint", "event stream",
      words: ["HERE", "--transport", "sse"],
      rule: { $0 == "GET" ? .stream(": hello\n\n") : .status("405 Method Not Allowed") }),
  ]

  nonisolated static let lists: [DoctorRow] = [
    DoctorRow(
      "nothing to list", "lists-none", status: "note",
      rule: answer("initialize", hello("2025-11-25", "{}"))
    ),
    DoctorRow(
      "no tools", "tools-none", status: "warning", "settings",
      rule: answer("tools/list", #"{"tools":[]}"#)),
    DoctorRow(
      "a list that fails", "list-failed", code: .protocolError, "kaput",
      rule: refusal("tools/list", #"{"code":-32603,"message":"kaput"}"#)),
    DoctorRow(
      "a list that is none", "list-failed", code: .protocolError, "breaks the protocol",
      covers: ["unusable-answer"], rule: answer("tools/list", "[1]")),
    DoctorRow(
      "a cursor that comes again", "list-cursor-loop", status: "warning", "twice",
      rule: answer(
        "tools/list",
        #"{"tools":[{"name":"a","inputSchema":{"type":"object"}}],"nextCursor":"c"}"#)),
    DoctorRow(
      "a tool without a name", "list-broken-item", status: "warning", "/tools/0/name",
      rule: answer("tools/list", #"{"tools":[{"name":5},{"name":"a","inputSchema":{}}]}"#)),
    DoctorRow(
      "two tools of one name", "list-duplicate-name", status: "warning", "add",
      rule: answer(
        "tools/list",
        #"{"tools":[{"name":"add","inputSchema":{}},{"name":"add","inputSchema":{}}]}"#)),
    DoctorRow(
      "marks that forbid a call", "tool-not-callable", status: "warning", "x-mcp-header",
      rule: { what in
        answer(
          "server/discover",
          #"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"odd","version":"1"}}}"#
        )(what)
          ?? answer(
            "tools/list",
            #"{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{"name":"a","inputSchema":{"type":"object","properties":{"x":{"type":"array","x-mcp-header":"A"}}}}]}"#
          )(what)
      }),
  ]

  nonisolated static let calls: [DoctorRow] = [
    DoctorRow(
      "a call that fails", "call-failed", "500",
      rule: { what in
        what == "POST tools/call"
          ? .status("500 Internal Server Error") : tool(calls: "{}")(what)
      }),
    DoctorRow(
      "a call that fails with an error", "call-failed", code: .protocolError, "kaput",
      rule: { what in
        refusal("tools/call", #"{"code":-32603,"message":"kaput"}"#)(what)
          ?? tool(calls: "{}")(what)
      }),
    DoctorRow(
      "no structured content", "output-missing", status: "warning", "outputSchema",
      rule: tool(output, calls: #"{"content":[]}"#)),
    DoctorRow(
      "structured content of another form", "output-mismatch", status: "warning", "n: is a string",
      rule: tool(output, calls: #"{"content":[],"structuredContent":{"n":"x"}}"#)),
    DoctorRow(
      "an answer under another id", "call-oddity", status: "warning", "under the id",
      rule: { what in
        what == "POST tools/call"
          ? #"{"jsonrpc":"2.0","id":"{id}","result":{"content":[]}}"# : tool(calls: "{}")(what)
      }),
    DoctorRow(
      "pings that are refused", "ping-refused", status: "note", "-32601"),
    DoctorRow(
      "pings that fail", "ping-failed", "502",
      rule: { $0 == "POST ping" ? .status("502 Bad Gateway") : nil }),
    DoctorRow(
      "words that tell nothing", "call-tool-error", status: "warning", "Oops", rule: failing("Oops")
    ),
    DoctorRow(
      "a system that is down", "call-backend-down", status: "warning", "ALLOY_API_URL",
      rule: failing("connect ECONNREFUSED 127.0.0.1:3000")),
    DoctorRow(
      "a role", "call-role-denied", status: "warning", "administrator",
      rule: failing("Your role (member) may not see agents")),
    DoctorRow(
      "a feature flag", "call-flag-off", status: "warning", "administrator",
      rule: failing("The feature flag reviews is off for this organization")),
    DoctorRow(
      "scopes of the server's own key", "call-scopes-missing", status: "warning", "read and write",
      rule: failing("403 Forbidden: token lacks scope tickets:write")),
    DoctorRow(
      "a key that expired", "call-token-expired", status: "warning", "new API key",
      rule: failing("API token expired on 2026-01-01")),
    DoctorRow(
      "a key that nobody knows", "call-token-invalid", status: "warning", "alloy_live_",
      rule: failing("401 Unauthorized: Invalid API token")),
    DoctorRow(
      "too many questions", "call-rate-limited", status: "warning", "wait",
      rule: failing("429 Too Many Requests")),
    DoctorRow(
      "nobody on whose behalf", "call-member-missing", status: "warning", "-H",
      rule: failing("The member header is missing")),
    DoctorRow(
      "a program older than its system", "call-stale-binary", status: "warning", "rebuild",
      rule: failing("404: no such route /api/v1/things")),
  ]

  /// Ways in which a call fails and the remedies of its failure.
  nonisolated private static func refused(_ status: String, _ id: String, _ fix: String)
    -> DoctorRow
  {
    DoctorRow(
      "a call that ends with \(status)", "call-failed", fix, covers: [id],
      rule: { $0 == "POST tools/call" ? .status(status) : tool(calls: "{}")($0) })
  }

  nonisolated static let refusals: [DoctorRow] = [
    refused("400 Bad Request", "http-400", "read its words"),
    refused("404 Not Found", "http-404", "check the path"),
    refused("405 Method Not Allowed", "http-405", "takes no POST"),
    refused("421 Misdirected Request", "http-421", "allowed hosts"),
    DoctorRow(
      "a stream that ends before its answer", "call-failed", "load balancer",
      covers: ["stream-ended"],
      rule: { $0 == "POST tools/call" ? .stream(": bye\n\n") : tool(calls: "{}")($0) }),
    DoctorRow(
      "a refusal of the credentials", "call-failed", code: .unauthorized, "auth login",
      covers: ["http-401"],
      rule: { $0 == "POST tools/call" ? .status("401 Unauthorized") : tool(calls: "{}")($0) }),
    DoctorRow(
      "a call that is not answered", "call-failed", code: .timedOut, "meanwhile",
      words: ["HERE", "--timeout", "0.3"], covers: ["timed-out", "too-slow"],
      rule: { $0 == "POST tools/call" ? .silence : tool(calls: "{}")($0) }),
  ]

  /// What goes on, and is worth a word.
  nonisolated static let oddities: [DoctorRow] = [
    DoctorRow(
      "an answer that is none", "call-oddity", status: "warning", "is an array",
      rule: tool(calls: "[1]")),
    DoctorRow(
      "content that is none", "call-oddity", status: "warning", "/content is a number",
      rule: tool(calls: #"{"content":5}"#)),
    DoctorRow(
      "a call that takes long", "call-slow", status: "warning", "give up",
      rule: { what in
        what == "POST tools/call"
          ? tool(calls: #"{"content":[]}"#)(what)?.after(.seconds(3)) : tool(calls: "{}")(what)
      }),
    DoctorRow(
      "a batch", "oddity", status: "note", "batch",
      rule: { what in
        what == "POST tools/list"
          ? #"[{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":{id},"result":{"tools":[]}}]"#
          : nil
      }),
  ]

  @Test func `a session that is lost with the call is told`() async throws {
    let losses = Mutex(0)
    let server = try OddServer { what in
      if what == "POST initialize" {
        var reply = OddServer.good(what)
        reply.headers.append("Mcp-Session-Id: s1")
        return reply
      }
      guard what == "POST tools/call" else { return Self.tool(calls: "{}")(what) }
      let isFirst = losses.withLock {
        $0 += 1; return $0 == 1
      }
      return isFirst ? .status("404 Not Found") : Self.tool(calls: #"{"content":[]}"#)(what)
    }
    try await Self.loss.check(at: server.url, #_sourceLocation)
  }

  nonisolated static let loss = DoctorRow(
    "a session that is lost", "session-lost", "shared store")

  nonisolated static let rows = protocols + lists + calls + refusals + oddities

  @Test(arguments: rows.indices)
  func `what a server says wrongly has its finding`(index: Int) async throws {
    let server = try OddServer(Self.rows[index].rule)
    try await Self.rows[index].check(at: server.url, #_sourceLocation)
  }
}

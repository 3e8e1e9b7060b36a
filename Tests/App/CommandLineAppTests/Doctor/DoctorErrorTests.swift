import CommandLineApp
import EventLoop
import TestSupport
import Testing

/// Servers that answer with errors of JSON-RPC, code by code, and say when what they list holds no more.
@LoopActor
@Suite(.inTurns) struct DoctorErrorTests {
  nonisolated private static let stateless: OddServer.Rule = { what in
    switch what {
    case "POST server/discover":
      #"{"jsonrpc":"2.0","id":{id},"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"odd","version":"1"}}}}"#
    case "POST tools/list":
      #"{"jsonrpc":"2.0","id":{id},"result":{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{"name":"look","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}}"#
    default: nil
    }
  }

  nonisolated private static let handshake: OddServer.Rule = { what in
    what == "POST tools/list"
      ? #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[{"name":"look","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}}"#
      : nil
  }

  /// A server whose only list is of resources, all of them out of order.
  nonisolated private static let resources: OddServer.Rule = { what in
    switch what {
    case "POST initialize":
      #"{"jsonrpc":"2.0","id":{id},"result":{"protocolVersion":"2025-11-25","capabilities":{"resources":{"listChanged":true}},"serverInfo":{"name":"odd","version":"1"}}}"#
    case "POST resources/list":
      #"{"jsonrpc":"2.0","id":{id},"result":{"resources":[{"uri":"odd://a","name":"a"}]}}"#
    case "POST resources/templates/list":
      #"{"jsonrpc":"2.0","id":{id},"result":{"resourceTemplates":[]}}"#
    default: nil
    }
  }

  /// The call of that method is answered with that error.
  nonisolated private static func answering(
    _ error: String, to method: String = "tools/call", else rule: @escaping OddServer.Rule
  ) -> OddServer.Rule {
    { what in
      what == "POST \(method)"
        ? .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"error":\#(error)}"#) : rule(what)
    }
  }

  nonisolated private static func row(
    _ id: String, _ error: String, _ proof: String, code: ExitCode = .protocolError,
    else rule: @escaping OddServer.Rule
  ) -> DoctorRow {
    DoctorRow(
      "a call that ends with \(error)", id, code: code, proof,
      rule: answering(error, else: rule))
  }

  nonisolated static let stateful: [DoctorRow] = [
    row(
      "server-timed-out", #"{"code":-32001,"message":"Request timed out"}"#, "behind the server",
      else: handshake),
    row(
      "session-unknown", #"{"code":-32001,"message":"Session not found"}"#, "shared store",
      else: handshake),
    row(
      "upstream-closed", #"{"code":-32000,"message":"Connection closed"}"#, "gateway",
      else: handshake),
    row("call-failed", #"{"code":-32000,"message":"out of luck"}"#, "out of luck", else: handshake),
    row("call-failed", #"{"code":-32003,"message":"of its own"}"#, "of its own", else: handshake),
    row("call-failed", #"{"code":"E42","message":"a word as a code"}"#, "a word", else: handshake),
    row("frame-refused", #"{"code":-32700,"message":"Parse error"}"#, "bundle", else: handshake),
    row(
      "frame-refused", #"{"code":-32600,"message":"Invalid Request"}"#, "bundle", else: handshake),
    row(
      "arguments-refused", #"{"code":-32602,"message":"q is required"}"#, "isError",
      else: handshake),
    row(
      "method-missing", #"{"code":-32601,"message":"Method not found"}"#, "capability",
      else: handshake),
    row("call-failed", #"{"code":-32603,"message":"kaput"}"#, "kaput", else: handshake),
    DoctorRow(
      "a page that must be opened first", "page-needed", code: .inputRequired,
      "https://pay.example.com",
      rule: answering(
        #"{"code":-32042,"message":"pay first","data":{"elicitations":[{"mode":"url","message":"pay","url":"https://pay.example.com/a","elicitationId":"1"}]}}"#,
        else: handshake)),
  ]

  nonisolated static let modern: [DoctorRow] = [
    row(
      "header-mismatch", #"{"code":-32020,"message":"Mcp-Name differs"}"#, "Mcp-Method: tools/call",
      else: stateless),
    row(
      "header-mismatch", #"{"code":-32001,"message":"Header mismatch: Mcp-Name"}"#, "sent",
      else: stateless),
    row(
      "capability-missing",
      #"{"code":-32021,"message":"no","data":{"requiredCapabilities":{"sampling":{}}}}"#,
      "sampling", code: .inputRequired, else: stateless),
    row(
      "capability-missing",
      #"{"code":-32003,"message":"no","data":{"requiredCapabilities":{"elicitation":{}}}}"#,
      "elicitation", else: stateless),
    row(
      "revision-refused-later",
      #"{"code":-32022,"message":"no","data":{"supported":["2027-01-01"],"requested":"2026-07-28"}}"#,
      "2027-01-01", else: stateless),
    row(
      "revision-refused-later",
      #"{"code":-32004,"message":"no","data":{"supported":["2027-01-01"]}}"#, "2027-01-01",
      else: stateless),
    DoctorRow(
      "a list without its hints", "list-without-ttl", status: "warning", "ttlMs",
      rule: { what in
        what == "POST tools/list"
          ? #"{"jsonrpc":"2.0","id":{id},"result":{"resultType":"complete","tools":[{"name":"a","inputSchema":{"type":"object"}}]}}"#
          : stateless(what)
      }),
  ]

  nonisolated static let reading: [DoctorRow] = [
    DoctorRow(
      "a resource that is not found, by the older code", "resource-not-found", status: "warning",
      "odd://a",
      rule: answering(
        #"{"code":-32002,"message":"no","data":{"uri":"odd://a"}}"#, to: "resources/read",
        else: resources)),
    DoctorRow(
      "a resource that is not found, by the newer code", "resource-not-found", status: "warning",
      "URI",
      rule: answering(
        #"{"code":-32602,"message":"Resource not found"}"#, to: "resources/read", else: resources)),
    DoctorRow(
      "a resource that cannot be read", "resource-unreadable", status: "warning", "locked",
      rule: answering(
        #"{"code":-32099,"message":"locked"}"#, to: "resources/read", else: resources)),
    DoctorRow(
      "a resource that can be read", "call-ok", status: "ok", "odd://a",
      rule: { what in
        what == "POST resources/read"
          ? #"{"jsonrpc":"2.0","id":{id},"result":{"contents":[{"uri":"odd://a","text":"x"}]}}"#
          : resources(what)
      }),
    DoctorRow(
      "lists whose changes nobody tells", "lists-change-untold", status: "note", "listChanged"),
    DoctorRow(
      "a refusal at the door", "initialize-refused", code: .protocolError, "-32603",
      rule: answering(
        #"{"code":-32603,"message":"kaput"}"#, to: "initialize", else: { _ in nil })),
  ]

  nonisolated static let rows = stateful + modern + reading

  @Test(arguments: rows.indices)
  func `an error behind the door is named by what it tells`(index: Int) async throws {
    let server = try OddServer(Self.rows[index].rule)
    try await Self.rows[index].check(at: server.url, #_sourceLocation)
  }
}

import CommandLineApp
import EventLoop
import JSON
import TestSupport
import Testing

/// One answer to `tools/list`, and how `alidade list tools` must end with it.
private struct Row: Sendable, CustomTestStringConvertible {
  let name: String
  let reply: OddServer.Reply
  let code: ExitCode
  /// What must stand on standard error, the address as `URL`.
  let errors: [String]
  let output: String?

  init(
    _ name: String, _ reply: OddServer.Reply, _ code: ExitCode = .ok, _ errors: String...,
    output: String? = nil
  ) {
    (self.name, self.reply, self.code, self.errors) = (name, reply, code, errors)
    self.output = output
  }

  var testDescription: String { name }
}

private let tools = #"{"tools":[{"name":"add","inputSchema":{"type":"object"}}]}"#
private let good = #"{"jsonrpc":"2.0","id":{id},"result":"# + tools + "}"

@LoopActor
@Suite(.inTurns) struct OddAnswerTests {
  private func check(_ row: Row) async throws {
    let server = try OddServer { $0 == "POST tools/list" ? row.reply : nil }
    let run = await CommandRun.of(["list", "tools", server.url], isTerminal: false)
    #expect(run.code == row.code, "\(run.errors)")
    let errors = run.errors.replacing(server.url, with: "URL")
    for part in row.errors { #expect(errors.contains(part), "\(errors)") }
    if row.errors.isEmpty { #expect(errors.isEmpty) }
    if row.code == .ok { #expect(run.output.contains(row.output ?? "add"), "\(run.output)") }
  }

  nonisolated private static let read: [Row] = [
    Row("another content type", .status("200 OK", ["Content-Type: text/plain"], good)),
    Row("no content type", .status("200 OK", [], good)),
    Row(
      "a charset", .status("200 OK", ["Content-Type: Application/JSON; charset=x"], good)),
    Row("a byte order mark", .init(stringLiteral: "\u{FEFF}" + good), .ok, "byte order mark"),
    Row("white space around", .init(stringLiteral: "\r\n " + good + "\n\n")),
    Row(
      "a batch",
      .init(stringLiteral: #"[{"jsonrpc":"2.0","method":"notifications/x"},"# + good + "]"), .ok,
      "came as a batch"),
    Row(
      "a number as string",
      .init(stringLiteral: good.replacing("{id}", with: #""{id}""#)), .ok, "under the id \"2\""),
    Row(
      "a foreign id", .init(stringLiteral: good.replacing("{id}", with: "99")), .ok,
      "under the id 99"),
    Row(
      "no id", .init(stringLiteral: #"{"jsonrpc":"2.0","result":\#(tools)}"#), .ok,
      "under the id null"),
    Row(
      "no version", .init(stringLiteral: #"{"id":{id},"result":\#(tools)}"#), .ok,
      "the member \"jsonrpc\" is missing"),
    Row("an error that is null", .init(stringLiteral: good.dropLast() + #","error":null}"#)),
    Row("JSON said to be a stream", .stream(good)),
    Row(
      "a stream said to be text",
      .status("200 OK", ["Content-Type: text/plain"], "data: \(good)\n\n")
    ),
    Row("a stream", .stream("event: message\ndata: \(good)\n\n")),
    Row("a stream without its last blank line", .stream("data: \(good)")),
    Row("a stream of CRLF", .stream("event: message\r\ndata: \(good)\r\n\r\n")),
    Row("a stream of CR", .stream("event: message\rdata: \(good)\r\r")),
    Row("a stream with a mark", .stream("\u{FEFF}data: \(good)\n\n")),
    Row("data over many lines", .stream("data: \(good.replacing(",", with: ",\ndata: "))\n\n")),
    Row(
      "comments and foreign events",
      .stream(": hi\n\nevent: ping\ndata: {}\n\nid: 1\ndata:\n\nretry: 5\n\ndata: \(good)\n\n")),
    Row(
      "an answer twice", .stream("data: \(good)\n\ndata: \(good)\n\n"), .ok, "was answered twice"),
    Row(
      "messages before the answer",
      .stream(
        #"data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"error","data":"trouble"}}"#
          + "\n\n" + #"data: {"jsonrpc":"2.0","id":"s","method":"roots/list"}"#
          + "\n\ndata: \(good)\n\n"),
      .ok, "server error: trouble", "roots/list, which this client did not declare"),
    Row(
      "nested without end",
      .init(
        stringLiteral: good.dropLast() + #","x":"# + String(repeating: "[", count: 10_000)
          + String(repeating: "]", count: 10_000) + "}"), .ok, "nested deeper than 512 levels"),
    Row(
      "no list but null",
      .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"result":{"tools":null}}"#),
      .ok, "/tools is null", output: "no tools"),
    Row(
      "broken items among good ones",
      .init(
        stringLiteral:
          #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[{"name":5},null,{"name":"add"}]}}"#),
      .ok, "/tools/0/name is a number"),
    Row(
      "a cursor that goes in circles",
      .init(
        stringLiteral:
          #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[{"name":"add","inputSchema":{}}],"nextCursor":"c"}}"#
      ),
      .ok, "gave the cursor \"c\" twice"),
  ]

  @Test(arguments: read.indices)
  func `an odd answer is read, and what is odd about it told`(index: Int) async throws {
    try await check(Self.read[index])
  }

  nonisolated private static let refused: [Row] = [
    Row(
      "a web page", .html("<html>Sign in</html>"), .unreachable, "<html>Sign in</html>",
      "tools/list: no usable answer from URL: the answer is a web page, not JSON"),
    Row(
      "nothing", .status("200 OK"), .protocolError,
      "broken answer from URL: the answer is empty (HTTP 200)"),
    Row("no content", .status("204 No Content"), .protocolError, "the answer is empty (HTTP 204)"),
    Row(
      "broken JSON", #"{"jsonrpc":"2.0","#, .protocolError, "the answer is broken JSON",
      #"{"jsonrpc":"2.0","#),
    Row(
      "a guard against scripts", .init(stringLiteral: ")]}'\n" + good), .protocolError,
      "the answer is JSON behind )]}', a prefix against scripts"),
    Row("a bare word", #""hi""#, .protocolError, "the answer is JSON but no message"),
    Row(
      "a result that is no page", #"{"jsonrpc":"2.0","id":{id},"result":[1]}"#, .protocolError,
      "URL: tools/list: the answer is unusable: the value is an array, not an object"),
    Row(
      "neither result nor error", #"{"jsonrpc":"2.0","id":{id}}"#, .protocolError,
      "neither a result nor an error"),
    Row(
      "both",
      #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[]},"error":{"code":1,"message":"m"}}"#,
      .protocolError, "has both a result and an error", "the server answered error 1: m"),
    Row(
      "an error that is a text", #"{"jsonrpc":"2.0","id":{id},"error":"it broke"}"#, .protocolError,
      "the error is not an object", "an error without code: it broke"),
    Row(
      "an error to nobody", #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"bad"}}"#,
      .protocolError, "under the id null", "the server answered error -32600: bad"),
    Row(
      "an error in a fault",
      .status(
        "500 Internal Server Error", [],
        #"{"jsonrpc":"2.0","id":{id},"error":{"code":-32603,"message":"m"}}"#),
      .protocolError, "error -32603, HTTP 500: m"),
    Row(
      "a fault", .status("500 Internal Server Error", [], "kaput\nmore"), .unreachable,
      "HTTP 500 (Internal Server Error): kaput\n"),
    Row(
      "overload", .status("429 Too Many Requests", ["Retry-After: 7"], "slow down"), .unreachable,
      "URL: tools/list: the server answered HTTP 429 (Too Many Requests), to be tried again after 7 s: slow down",
      "wait, then try again"),
    Row(
      "a token that ran out",
      .status(
        "401 Unauthorized",
        [#"WWW-Authenticate: Bearer error="invalid_token", error_description="It expired""#]),
      .unauthorized, "HTTP 401 (Unauthorized): It expired", "-H 'Authorization: Bearer …'"),
    Row(
      "a plain prohibition", .status("403 Forbidden", [], #"{"detail":"not your plan"}"#),
      .unauthorized, "HTTP 403 (Forbidden): not your plan"),
    Row(
      "a prohibited origin", .status("403 Forbidden", [], "Invalid Origin header"), .unreachable,
      "Invalid Origin header", "allowed origins and hosts"),
    Row(
      "another host's server", .status("421 Misdirected Request", [], "Invalid Host header"),
      .unreachable, "Invalid Host header", "list of allowed hosts"),
    Row(
      "a body cut short", .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .unreachable,
      "no usable answer from URL", "in the middle of its answer"),
    Row(
      "a hang-up", .raw(""), .unreachable, "the request failed at URL",
      "closed the connection before it answered"),
    Row("no HTTP", .raw("SSH-2.0-x\r\n\r\n"), .unreachable, "is not proper HTTP"),
    Row(
      "a stream without an answer", .stream(": bye\n\n"), .unreachable,
      "ended before the answer; whether it was done is unknown"),
    Row(
      "a stream of broken JSON", .stream("data: {\"a\n\n"), .protocolError,
      "broken answer from URL", "what it held is no message: “{\"a”"),
    Row(
      "a page as a stream", .stream("<html>\n\n"), .protocolError,
      "what it held is no message: “<html>”"),
  ]

  /// What `--json` prints, byte for byte; `text` stands in the answers as the server writes it.
  @Test func `a result is printed as it was written`() async throws {
    let written =
      #"{"z" : 1.50e+3,"content":[{"text":"\u00e9\/\uD83D\ude00 ü","type":"text"}], "a":-0}"#
    let server = try OddServer { what in
      ["POST tools/call", "POST resources/read"].contains(what)
        ? .init(stringLiteral: #"{"result": \#(written) ,"id":{id},"jsonrpc":"2.0"}"#) : nil
    }
    for words in [
      ["call", server.url, "add", "--json"], ["read", server.url, "file:///a", "--json"],
      ["raw", server.url, "resources/read", "--json"],
    ] {
      let run = await CommandRun.of(words, isTerminal: false)
      #expect(run.output == written + "\n", "\(words) \(run.errors)")
    }
  }

  @Test func `the items of a list are printed as they were written`() async throws {
    let server = try OddServer { what in
      guard what == "POST tools/list" else { return nil }
      let item = #"{"name":"\u0061dd", "inputSchema":{"maximum":1.0}},{"inputSchema":null}"#
      return .init(
        stringLiteral:
          #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[ \#(item) ],"nextCursor":"c"}}"#)
    }
    let run = await CommandRun.of(["list", "tools", server.url, "--json"], isTerminal: false)
    let item = #"{"name":"\u0061dd", "inputSchema":{"maximum":1.0}},{"inputSchema":null}"#
    #expect(run.output == #"{"tools":[\#(item),\#(item)]}"# + "\n")
  }

  @Test func `an error as JSON names its cause for scripts`() async throws {
    let refusing = try OddServer { _ in .status("503 Service Unavailable", [], "asleep") }
    for (words, reason, body) in [
      (["http://127.0.0.1:1/mcp"], "tcp-refused", nil),
      (["--", "no-such-program"], "program-not-found", nil),
      ([refusing.url], "http-503", "asleep"),
    ] as [([String], String, String?)] {
      let run = await CommandRun.of(["list", "tools", "--json"] + words, isTerminal: false)
      let details = try JSON.parse(run.errors)["error"]?["details"]
      #expect(details?["reason"]?.string == reason, "\(run.errors)")
      #expect(details?["body"]?.string == body)
    }
  }

  @Test func `a result that may reach a terminal cannot act on it`() async throws {
    let server = try OddServer { what in
      what == "POST tools/call"
        ? .init(stringLiteral: "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"a\":\"\u{202E}x\"}}")
        : nil
    }
    let run = await CommandRun.of(["call", server.url, "add", "--json"], isTerminal: true)
    #expect(run.output == #"{"a":"\u202ex"}"# + "\n")
  }

  @Test(arguments: refused.indices)
  func `a useless answer ends in its class, with what the server said`(index: Int) async throws {
    try await check(Self.refused[index])
  }
}

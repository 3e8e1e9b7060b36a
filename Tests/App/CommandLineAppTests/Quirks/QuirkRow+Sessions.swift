import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  private static let opening = Reply.status(
    "200 OK", ["Content-Type: application/json", "Mcp-Session-Id: s-1"],
    #"{"jsonrpc":"2.0","id":{id},"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"odd","version":"1"}}}"#
  )

  private static func session(
    _ lists: OddServer.Reply..., ending: OddServer.Reply = .status("200 OK")
  ) -> QuirkRow.Server {
    .http(["POST initialize": [opening], "POST tools/list": lists, "DELETE": [ending]])
  }

  private static func lost(
    _ name: String, _ status: String, _ body: String = ""
  ) -> QuirkRow {
    QuirkRow(
      name, session(.status(status, [], body), .tools), output: "add",
      errors: "the session was lost at tools/list (HTTP \(status.prefix(3))); a new one was opened")
  }

  /// Sessions of HTTP, and the headers that go with them.
  static let sessions: [QuirkRow] = [
    lost("a session that is gone, 404", "404 Not Found"),
    lost(
      "a session that is gone, 404 with an error", "404 Not Found",
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}"#),
    lost("a session that is gone, 400", "400 Bad Request", "No valid session ID provided"),
    lost("a session that is gone, 401", "401 Unauthorized", #"{"error":"session expired"}"#),
    lost("a session that is gone, 409", "409 Conflict", "session not found"),
    lost("a session that is gone, 500", "500 X", #"{"error":"Session not found"}"#),
    QuirkRow(
      "a session that is gone again and again", session(.status("404 Not Found")),
      "list tools URL", .unreachable, errors: "a new one was opened", "HTTP 404 (Not Found)"),
    QuirkRow(
      "400 for another reason",
      session(.status("400 Bad Request", [], "Missing parameter"), .tools),
      "list tools URL", .unreachable, errors: "HTTP 400 (Bad Request): Missing parameter",
      never: "session was lost"),
    QuirkRow(
      "a call in a session that is gone",
      .http([
        "POST initialize": [opening],
        "POST tools/call": [.status("404 Not Found"), .text("twice")],
      ]), "call URL add", .unreachable, errors: "the call was not repeated", never: "twice"),
    QuirkRow(
      "the revision's header rejected",
      session(.status("400 Bad Request", [], "Unsupported protocol version: 2025-11-25")),
      "list tools URL", .unreachable, errors: "Unsupported protocol version: 2025-11-25"),
    QuirkRow(
      "no end of a session, 405", session(.tools, ending: .status("405 No")), output: "add"),
    QuirkRow("no end of a session, 404", session(.tools, ending: .status("404 No")), output: "add"),
    QuirkRow(
      "no end of a session, 500", session(.tools, ending: .status("500 No", [], "x")),
      output: "add"),
    QuirkRow("an end that is never answered", session(.tools, ending: .silence), output: "add"),
  ]
}

import CommandLineApp

extension QuirkRow {
  private typealias Reply = OddServer.Reply

  private static func opened(_ members: String) -> QuirkRow.Server { .opening(.result(members)) }

  /// How a conversation begins: revisions, capabilities, and what bars the way to them.
  static let openings: [QuirkRow] = [
    QuirkRow(
      "a revision never offered", opened(#"{"protocolVersion":"2099-01-01","capabilities":{}}"#),
      "list tools URL", .protocolError,
      errors: "no revision in common: the server speaks 2099-01-01"),
    QuirkRow(
      "a revision that is a number", opened(#"{"protocolVersion":20250618,"capabilities":{}}"#),
      output: "add", errors: "/protocolVersion is a number"),
    QuirkRow(
      "an empty revision", opened(#"{"protocolVersion":"","capabilities":{}}"#), output: "add"),
    QuirkRow(
      "no revision", opened(#"{"capabilities":{}}"#), output: "add",
      errors: "/protocolVersion is missing"),
    QuirkRow(
      "an older revision", opened(#"{"protocolVersion":"2024-11-05","capabilities":{}}"#),
      output: "add"),
    QuirkRow(
      "an opening that is null", opened("null"), output: "add",
      errors: "initialize: the value is null, not an object"),
    QuirkRow(
      "an opening refused without code or word", .opening(.error("{}")), "list tools URL",
      .protocolError, errors: "the server refused to initialize: no message", never: "(0)"),
    QuirkRow(
      "an opening of empty arrays",
      opened(#"{"protocolVersion":"2025-11-25","capabilities":[],"serverInfo":[]}"#),
      output: "add", errors: "/capabilities is [], where {} is meant",
      "/serverInfo is [], where {} is meant"),
    QuirkRow(
      "an opening of nulls",
      opened(
        #"{"protocolVersion":"2025-11-25","capabilities":{"tools":null},"serverInfo":null,"instructions":null}"#
      ), output: "add", errors: "/serverInfo is null"),
    QuirkRow(
      "a method that works undeclared",
      opened(#"{"protocolVersion":"2025-11-25","capabilities":{}}"#), output: "add"),
    QuirkRow(
      "a method that is declared and missing",
      .list(.error(#"{"code":-32601,"message":"Method not found"}"#)), "list tools URL",
      .protocolError, errors: "tools/list: the server answered error -32601: Method not found"),
    QuirkRow(
      "a probe refused with an error page", .discovery(.status("400 Bad Request", [], "<html>")),
      output: "add"),
    QuirkRow(
      "a probe refused with nothing", .discovery(.status("400 Bad Request")), output: "add"),
    QuirkRow(
      "a probe answered with another code",
      .discovery(.rejected("400 Bad Request", code: -32001)), output: "add"),
    QuirkRow(
      "a probe that the server refuses in the very words it offers",
      .discovery(
        .rejected("400 Bad Request", code: -32022, data: #"{"supported":["2026-07-28"]}"#)),
      output: "add", never: "no revision in common"),
    QuirkRow(
      "a probe that names older revisions",
      .discovery(
        .rejected("400 Bad Request", code: -32022, data: #"{"supported":["2025-06-18"]}"#)),
      output: "add"),
    QuirkRow(
      "a probe that names what nobody speaks",
      .discovery(
        .rejected("400 Bad Request", code: -32022, data: #"{"supported":["2099-01-01"]}"#)),
      "list tools URL", .protocolError, errors: "the server speaks 2099-01-01"),
    QuirkRow(
      "a probe answered with nothing in it", .discovery(.result("{}")), output: "add"),
    QuirkRow(
      "a probe that needs credentials",
      .discovery(
        .status("401 Unauthorized", [], #"{"error":{"code":-32001,"message":"no token"}}"#)),
      "list tools URL", .unauthorized, errors: "asks to sign in (HTTP 401)", "no token"),
    QuirkRow(
      "a probe that is never answered", .discovery(.silence), "list tools URL --timeout 1",
      .timedOut, errors: "did not answer within 1 s"),
    QuirkRow(
      "every question taken and none answered", .everything(.status("202 Accepted")),
      "list tools URL --timeout 1", .unreachable, errors: "no MCP endpoint answers at this URL"),
    QuirkRow(
      "a wrong path", .everything(.status("404 Not Found", [], "nothing here")), "list tools URL",
      .unreachable, errors: "HTTP 404", "is the path right? Many end in /mcp or /sse"),
    QuirkRow(
      "a page for everything", .everything(.html("<html>")), "list tools URL", .unreachable,
      errors: "a web page, not JSON"),
    QuirkRow(
      "406", .everything(.rejected("406 Not Acceptable", code: -32600)), "list tools URL",
      .protocolError, errors: "nope"),
    QuirkRow(
      "415", .everything(.status("415 Unsupported Media Type")), "list tools URL", .unreachable,
      errors: "HTTP 415 (Unsupported Media Type)"),
    QuirkRow(
      "413", .everything(.status("413 Payload Too Large")), "list tools URL", .unreachable,
      errors: "HTTP 413", "the message is too large for the server"),
    QuirkRow(
      "502 with a page", .everything(.status("502 Bad Gateway", [], "<html>502</html>")),
      "list tools URL", .unreachable, errors: "HTTP 502", "a gateway answers"),
    QuirkRow(
      "504", .everything(.status("504 Gateway Timeout")), "list tools URL", .unreachable,
      errors: "HTTP 504", "a gateway answers"),
    QuirkRow(
      "503 with a date",
      .everything(
        .status("503 No", ["Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"])), "list tools URL",
      .unreachable, errors: "to be tried again after Wed, 21 Oct 2099"),
    QuirkRow(
      "407", .everything(.status("407 Proxy Authentication Required")), "list tools URL",
      .unreachable, errors: "HTTP 407", "a proxy asks who you are"),
    QuirkRow(
      "a redirect to a sign-in page elsewhere",
      .everything(.status("302 Found", ["Location: https://login.example.com/sso"])),
      "list tools URL -H Authorization:x", .unreachable, errors: "https://login.example.com/sso",
      "credentials do not cross an origin"),
    QuirkRow(
      "a redirect that drops the request",
      .everything(.status("301 Moved", ["Location: /mcp/"])), "list tools URL", .unreachable,
      errors: "URL/; such a redirect drops the request"),
    QuirkRow(
      "a redirect that goes round",
      .everything(.status("307 Temporary", ["Location: /mcp"])), "list tools URL", .unreachable,
      errors: "redirect not followed"),
    QuirkRow(
      "a redirect to nowhere", .everything(.status("308 Permanent")), "list tools URL",
      .unreachable, errors: "308 without a Location header"),
  ]
}

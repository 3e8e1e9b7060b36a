import EventLoop
import JSON
import Testing

@testable import Audit

/// What programs write over a short while, in the shapes that their sources give it.
private enum Samples {
  static let toolhive = #"""
    {"time":"2026-07-28T09:05:00.120Z","level":"INFO+2","msg":"audit_event","audit_id":"5f0c7a1e-88c1-4b1f-9d0e-6a0b6a0f3c11","type":"mcp_initialize","logged_at":"2026-07-28T09:05:00.119Z","outcome":"success","component":"github-server","source":{"type":"network","value":"10.0.1.5","extra":{"user_agent":"node"}},"subjects":{"user":"anonymous"},"target":{"endpoint":"/messages","method":"initialize","type":"endpoint"},"metadata":{"auditId":"5f0c7a1e-88c1-4b1f-9d0e-6a0b6a0f3c11","extra":{"duration_ms":12,"transport":"http"}}}
    {"time":"2026-07-28T09:05:02Z","level":"INFO+2","msg":"audit_event","audit_id":"a2","type":"mcp_tool_call","logged_at":"2026-07-28T09:05:02Z","outcome":"application_error","component":"github-server","source":{"type":"network","value":"10.0.1.5","extra":{"user_agent":"node","request_id":"r-9"}},"subjects":{"user":"Ann Lee","user_id":"auth0|17","client_name":"desk","client_version":"1.2"},"target":{"endpoint":"/mcp","method":"tools/call","name":"create_issue","type":"tool"},"metadata":{"auditId":"a2","extra":{"duration_ms":150,"jsonrpc_error_code":-32602,"jsonrpc_error_message":"title is missing","transport":"http"}},"data":{"request":{"id":4,"jsonrpc":"2.0","method":"tools/call","params":{"arguments":{"repo":"x"},"name":"create_issue"}}}}
    {"time":"2026-07-28T09:05:03Z","level":"INFO+2","msg":"audit_event","audit_id":"a3","type":"mcp_resource_read","logged_at":"2026-07-28T09:05:03Z","outcome":"denied","component":"github-server","source":{"type":"network","value":"10.0.1.9","extra":{}},"subjects":{"user":"bo"},"target":{"endpoint":"/mcp","method":"resources/read","name":"repo://x","type":"resource"},"metadata":{"auditId":"a3","extra":{"duration_ms":1,"transport":"http"}}}
    """#

  static let contextforge = #"""
    {"id":"0b1c","timestamp":"2026-07-28T09:05:00.120000+00:00","correlation_id":"c-1","action":"EXECUTE","resource_type":"tool","resource_id":"7d7","resource_name":"fast-time-get-time","user_id":"ann@example.test","user_email":"ann@example.test","team_id":null,"client_ip":"10.0.1.5","user_agent":"python-httpx","request_path":"/rpc","request_method":"POST","old_values":null,"new_values":null,"changes":null,"data_classification":"internal","requires_review":false,"success":true,"error_message":null,"context":{"details":{"arguments":{"timezone":"UTC"}}}}
    {"id":"0b1d","timestamp":"2026-07-28T09:05:04.5+00:00","correlation_id":"c-2","action":"DELETE","resource_type":"server","resource_id":"s-3","resource_name":null,"user_id":"bo","user_email":"bo@example.test","team_id":"t-1","client_ip":null,"user_agent":null,"success":false,"error_message":"still in use","requires_review":true,"context":null}
    """#

  static let agentgateway = """
    2026-07-28T09:05:00.777568Z\tinfo\trequest gateway=default/default listener=listener0 route=default/route0 src.addr=127.0.0.1:45314 http.method=POST http.host=localhost http.path=/mcp http.version=HTTP/1.1 http.status=200 jwt.sub=auth0|66 protocol=mcp mcp.method.name=tools/call mcp.target=everything mcp.resource.type=tool gen_ai.tool.name=echo mcp.session.id=6b497ee9 trace.id=286cb6c4 span.id=f7f3 duration=2ms
    2026-07-28T09:05:01Z     info    request gateway=default/default listener=listener0 route=default/route0 src.addr=127.0.0.1:45320 http.method=POST http.host=localhost http.path=/mcp http.version=HTTP/1.1 http.status=401 protocol=http error="authentication failure: no bearer \\"token\\" found" reason=JwtAuth duration=0ms
    2026-07-28T09:05:02Z\tinfo\tproxy::gateway\tstarted bind bind="bind/3000"
    """

  static let agentgatewayJSON = #"""
    {"level":"info","time":"2026-07-28T09:05:00.777568Z","scope":"request","gateway":"default/default","listener":"listener0","route":"default/route0","src.addr":"172.18.0.1:56642","http.method":"POST","http.host":"127.0.0.1","http.path":"/mcp","http.version":"HTTP/1.1","http.status":200,"protocol":"mcp","mcp.method.name":"tools/call","mcp.target":"get-started","mcp.resource.type":"tool","gen_ai.tool.name":"add","mcp.session.id":"eyJ0","duration":"4ms"}
    """#

  static let docker = """
    - Reading configuration...
    - Those servers are enabled: duckduckgo
    > Initialized in 1.2s
      - Calling tool search with arguments: {"query":"lighthouses","max_results":3}
      > Calling tool search took: 1.203456s
      - Calling tool fetch with arguments: object with 1 field(s)
      - Calling tool ping with arguments: none
      > Calling tool ping took: 81.2ms
    """
}

struct LogSampleTests {
  /// Of each row: kind, tool, actor, outcome, system, milliseconds, arguments.
  private func check(_ text: String, _ profile: String, _ rows: [[String]]) {
    let lines = LogLines(rows: text.split(separator: "\n").map { Array($0.utf8) }, first: 1)
    let found = LogProfile.of(lines)
    #expect(found.id == profile)
    for (index, row) in rows.enumerated() {
      let record = found.record(lines.bytes(of: index))
      let told = [
        record.kind, record.tool, record.actor, record.outcome, record.system,
        record.microseconds.map { String($0 / 1000) } ?? "", record.arguments,
      ]
      #expect(told == row, "\(profile) \(index)")
      let isRead = row[0] != "unreadable"
      #expect((record.oddity == nil) == isRead)
    }
  }

  @Test func `what ToolHive writes of a session`() {
    check(
      Samples.toolhive, "toolhive",
      [
        ["mcp_initialize", "", "anonymous", "success", "github-server", "12", ""],
        [
          "mcp_tool_call", "create_issue", "Ann Lee", "application_error", "github-server", "150",
          #"{"repo":"x"}"#,
        ],
        ["mcp_resource_read", "repo://x", "bo", "denied", "github-server", "1", ""],
      ])
  }

  @Test func `what ContextForge keeps in its audit trail`() {
    check(
      Samples.contextforge, "contextforge",
      [
        [
          "EXECUTE", "fast-time-get-time", "ann@example.test", "ok", "tool", "",
          #"{"details":{"arguments":{"timezone":"UTC"}}}"#,
        ],
        ["DELETE", "s-3", "bo@example.test", "error", "server", "", ""],
      ])
  }

  @Test func `what agentgateway writes, as words and as JSON`() {
    check(
      Samples.agentgateway, "agentgateway",
      [
        ["tools/call", "echo", "auth0|66", "200", "everything", "2", ""],
        ["", "", "", "error", "", "0", ""],
        ["unreadable", "", "", "", "", "", ""],
      ])
    check(
      Samples.agentgatewayJSON, "agentgateway",
      [["tools/call", "add", "", "200", "get-started", "4", ""]])
  }

  @Test func `what docker's gateway writes among other words`() {
    check(
      Samples.docker, "docker",
      [
        ["unreadable", "", "", "", "", "", ""], ["unreadable", "", "", "", "", "", ""],
        ["unreadable", "", "", "", "", "", ""],
        ["tools/call", "search", "", "", "", "", #"{"query":"lighthouses","max_results":3}"#],
        ["tools/call", "search", "", "done", "", "1203", ""],
        ["tools/call", "fetch", "", "", "", "", "object with 1 field(s)"],
        ["tools/call", "ping", "", "", "", "", ""],
        ["tools/call", "ping", "", "done", "", "81", ""],
      ])
  }
}

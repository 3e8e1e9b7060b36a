import EventLoop
import JSON
import Testing

@testable import Audit

private func lines(_ text: String) -> LogLines {
  LogLines(rows: text.split(separator: "\n").map { Array($0.utf8) }, first: 1)
}

private func record(_ line: String) -> (profile: String, record: LogRecord) {
  let lines = lines(line)
  let profile = LogProfile.of(lines)
  return (profile.id, profile.record(lines.bytes(of: 0)))
}

struct LogProfileTests {
  private static let rows:
    [(line: String, profile: String, words: [String], level: LogRecord.Level)] = [
      (
        #"{"at":1785229500000000,"kind":"mcp.tool.invoked.mutating","principal":"ann","credential":"alm_live_x","system":"alumia","tool":"create","arguments":{"a":1},"outcome":"ok","microseconds":2500,"request":"7","trace":"","session":"s","client":"c","detail":"","previous":"00","hash":"11"}"#,
        "alidade", ["create", "ann", "ok", "alumia", "7", #"{"a":1}"#, "2500"], .info
      ),
      (
        #"{"time":"2026-07-28T09:05:00.5Z","level":"INFO+2","msg":"audit_event","audit_id":"id-1","type":"mcp_tool_call","logged_at":"2026-07-28T09:05:00Z","outcome":"denied","component":"github","source":{"type":"network","value":"10.0.1.5"},"subjects":{"user":"bo","user_id":"u1"},"target":{"method":"tools/call","name":"search"},"metadata":{"extra":{"duration_ms":150}},"data":{"request":{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"search","arguments":{"q":1}}}}}"#,
        "toolhive", ["search", "bo", "denied", "github", "id-1", #"{"q":1}"#, "150000"], .warning
      ),
      (
        #"{"timestamp":"2026-07-28T09:05:00+02:00","action":"EXECUTE","resource_type":"tool","resource_name":"add","user_email":"c@x.test","success":false,"error_message":"boom","correlation_id":"t1","request_id":"r1","duration_ms":3,"new_values":{"b":2}}"#,
        "contextforge", ["add", "c@x.test", "error", "tool", "r1", #"{"b":2}"#, "3000"], .error
      ),
      (
        #"{"level":"info","time":"2026-07-28T09:05:00Z","scope":"request","route":"default","src.addr":"1.2.3.4:5","http.status":200,"http.path":"/mcp","mcp.method.name":"tools/call","mcp.target":"everything","mcp.resource.name":"echo","jwt.sub":"dee","request.id":"q","duration":"2ms"}"#,
        "agentgateway", ["echo", "dee", "200", "everything", "q", "", "2000"], .info
      ),
      (
        #"  - Calling tool brave_search with arguments: {"query":"x"}"#,
        "docker", ["brave_search", "", "", "", "", #"{"query":"x"}"#, ""], .info
      ),
      (
        #"{"ts":1785229500,"severity":"WARNING","user":"eve","tool":"t","status":"ok","id":5,"args":[1]}"#,
        "json", ["t", "eve", "ok", "", "5", "[1]", ""], .warning
      ),
    ]

  @Test func `each program's log is known by its lines and read into the same row`() {
    for row in Self.rows {
      let (profile, found) = record(row.line)
      #expect(profile == row.profile)
      #expect(
        [
          found.tool, found.actor, found.outcome, found.system, found.request, found.arguments,
          found.microseconds.map(String.init) ?? "",
        ] == row.words, "\(row.profile)")
      #expect(found.level == row.level, "\(row.profile)")
      #expect(found.oddity == nil)
    }
  }

  @Test func `moments of every writing are the same moment`() {
    for text in [
      "1785229500", "1785229500000", "1785229500000000", "1785229500000000000",
      #""2026-07-28T09:05:00Z""#, #""2026-07-28T11:05:00.000+02:00""#,
      #""2026-07-28 09:05:00""#,
    ] {
      let found = record(#"{"time":\#(text),"tool":"t"}"#).record
      #expect(found.at?.microseconds == 1_785_229_500_000_000, "\(text)")
    }
  }

  @Test func `a line that cannot be read is a row that says why`() {
    let bad: [(line: String, why: String)] = [
      ("not json at all", "no JSON"), (#"{"tool":"t""#, "no JSON"), ("[1]", "no object"),
      ("\u{1B}[2J\u{7}", "no JSON"), (#"{"time":"yesterday","tool":7e999,"duration":"x"}"#, ""),
      (String(repeating: "[", count: 20_000), "no JSON"),
    ]
    for row in bad {
      let found = LogProfile.json.record(Array(row.line.utf8)[...])
      #expect(found.oddity?.contains(row.why) ?? row.why.isEmpty, "\(row.line.prefix(20))")
      #expect(found.at == nil)
    }
  }
}

import EventLoop

extension LogProfile {
  /// The programs whose logs are known; a new one is a row here.
  package static let all = [own, toolhive, contextforge, agentgateway, docker, json]

  /// As `audit export` writes it, and the embedded store has it.
  static let own = LogProfile(
    "alidade", "alidade", marks: [["hash"], ["previous"], ["kind"]], isChained: true,
    keys: [
      Key("at", .time), Key("kind", .field(\.kind)), Key("principal", .field(\.actor)),
      Key("credential", .field(\.credential)), Key("system", .field(\.system)),
      Key("tool", .field(\.tool)), Key("arguments", .raw(\.arguments)), Key("outcome", .outcome),
      Key("microseconds", .duration(microseconds: 1)), Key("request", .field(\.request)),
      Key("trace", .field(\.trace)), Key("session", .field(\.session)),
      Key("client", .field(\.client)), Key("detail", .field(\.detail)),
    ])

  static let toolhive = LogProfile(
    "toolhive", "ToolHive",
    marks: [["audit_id", "auditId"], ["subjects", "target", "component"]],
    keys: [
      Key("time", .time), Key("level", .level), Key("audit_id", .field(\.request)),
      Key("auditId", .field(\.request)), Key("type", .field(\.kind)), Key("logged_at", .time),
      Key("loggedAt", .time), Key("outcome", .outcome), Key("component", .field(\.system)),
      Key(
        "source",
        .inside([
          Key("value", .field(\.client)),
          Key(
            "extra",
            .inside([
              Key("user_agent", .field(\.client)), Key("session_id", .field(\.session)),
            ])),
        ])),
      Key(
        "subjects",
        .inside([
          Key("user", .field(\.actor)), Key("user_id", .field(\.credential)),
          Key("client_name", .field(\.client)),
        ])),
      Key(
        "target",
        .inside([
          Key("name", .field(\.tool)), Key("uri", .field(\.tool)),
          Key("resource_uri", .field(\.tool)),
        ])),
      Key(
        "metadata",
        .inside([
          Key("auditId", .field(\.request)), Key("audit_id", .field(\.request)),
          Key(
            "extra",
            .inside([
              Key("duration_ms", .duration(microseconds: 1000)),
              Key("session_id", .field(\.session)), Key("trace_id", .field(\.trace)),
              Key("jsonrpc_error_message", .field(\.detail)),
              Key("backend_name", .field(\.detail)),
            ])),
        ])),
      Key(
        "data",
        .inside([
          // The whole message, where requests are kept.
          Key(
            "request",
            .inside([Key("params", .inside([Key("arguments", .raw(\.arguments))]))])),
          Key("arguments", .raw(\.arguments)), Key("error", .field(\.detail)),
        ])),
    ])

  static let contextforge = LogProfile(
    "contextforge", "ContextForge",
    marks: [
      ["action", "component", "operation_type"],
      ["resource_type", "correlation_id", "user_email"],
    ],
    keys: [
      Key("timestamp", .time), Key("created_at", .time), Key("level", .level),
      Key("action", .field(\.kind)), Key("operation_type", .field(\.kind)),
      Key("event_type", .field(\.kind)), Key("resource_name", .field(\.tool)),
      Key("tool_name", .field(\.tool)), Key("resource_id", .fallback(\.tool)),
      Key("component", .field(\.system)), Key("resource_type", .field(\.system)),
      Key("user_email", .field(\.actor)), Key("user_id", .fallback(\.actor)),
      Key("team_id", .field(\.credential)), Key("user_agent", .field(\.client)),
      Key("client_ip", .field(\.client)), Key("success", .success), Key("status", .outcome),
      Key("error_message", .failure), Key("message", .field(\.detail)),
      Key("duration_ms", .duration(microseconds: 1000)), Key("request_id", .field(\.request)),
      Key("correlation_id", .field(\.trace)), Key("session_id", .field(\.session)),
      Key("new_values", .raw(\.arguments)), Key("arguments", .raw(\.arguments)),
      Key("context", .raw(\.arguments)),
    ])

  private static let gatewayKeys = [
    Key("time", .time), Key("timestamp", .time), Key("level", .level),
    Key("mcp.method.name", .field(\.kind)), Key("mcp.method", .field(\.kind)),
    Key("mcp.resource.name", .field(\.tool)), Key("mcp.tool.name", .field(\.tool)),
    Key("gen_ai.tool.name", .field(\.tool)), Key("mcp.tool", .field(\.tool)),
    Key("gen_ai.prompt.name", .field(\.tool)), Key("mcp.resource.uri", .field(\.tool)),
    Key("mcp.target", .field(\.system)), Key("target", .field(\.system)),
    Key("jwt.sub", .field(\.actor)), Key("user", .field(\.actor)),
    Key("api_key.name", .field(\.credential)), Key("mcp.session.id", .field(\.session)),
    Key("trace.id", .field(\.trace)), Key("trace_id", .field(\.trace)),
    Key("request.id", .field(\.request)), Key("src.addr", .field(\.client)),
    Key("http.status", .status), Key("error", .failure), Key("reason", .field(\.detail)),
    Key("duration", .duration(microseconds: 1000)), Key("mcp.arguments", .raw(\.arguments)),
    Key("message", .field(\.detail)),
  ]

  static let agentgateway = LogProfile(
    "agentgateway", "agentgateway",
    marks: [
      ["scope", "gateway", "listener", "route", "src.addr", "fields"],
      ["http.status", "http.path", "mcp.method", "mcp.method.name", "protocol", "fields"],
    ], plain: GatewayLine.read, keys: gatewayKeys + [Key("fields", .inside(gatewayKeys))])

  static let docker = LogProfile(
    "docker", "docker mcp-gateway", marks: [["msg"], ["tool", "toolName", "tool_name"]],
    plain: DockerLine.read,
    keys: [
      Key("time", .time), Key("ts", .time), Key("level", .level), Key("msg", .field(\.kind)),
      Key("tool", .field(\.tool)), Key("toolName", .field(\.tool)),
      Key("tool_name", .field(\.tool)), Key("server", .field(\.system)),
      Key("serverName", .field(\.system)), Key("client", .field(\.client)),
      Key("arguments", .raw(\.arguments)), Key("error", .failure), Key("status", .outcome),
      Key("duration", .duration(microseconds: 1e-3)),
      Key("duration_ms", .duration(microseconds: 1000)), Key("session", .field(\.session)),
    ])

  /// Lines of JSON of anybody, read by the names that most use.
  static let json = LogProfile(
    "json", "any JSON lines", marks: [],
    keys: [
      Key("time", .time), Key("timestamp", .time), Key("ts", .time), Key("@timestamp", .time),
      Key("at", .time), Key("date", .time), Key("level", .level), Key("severity", .level),
      Key("kind", .field(\.kind)), Key("event", .field(\.kind)), Key("type", .field(\.kind)),
      Key("action", .field(\.kind)), Key("method", .field(\.kind)),
      Key("actor", .field(\.actor)), Key("user", .field(\.actor)),
      Key("principal", .field(\.actor)), Key("user_id", .field(\.actor)),
      Key("email", .field(\.actor)), Key("sub", .field(\.actor)),
      Key("client", .field(\.client)), Key("client_id", .field(\.credential)),
      Key("key", .field(\.credential)), Key("tool", .field(\.tool)),
      Key("tool_name", .field(\.tool)), Key("toolName", .field(\.tool)),
      Key("name", .field(\.tool)), Key("resource", .field(\.tool)),
      Key("system", .field(\.system)), Key("server", .field(\.system)),
      Key("service", .field(\.system)), Key("component", .field(\.system)),
      Key("outcome", .outcome), Key("decision", .outcome), Key("result", .outcome),
      Key("status", .outcome), Key("success", .success), Key("allowed", .success),
      Key("duration_ms", .duration(microseconds: 1000)),
      Key("latency_ms", .duration(microseconds: 1000)),
      Key("duration", .duration(microseconds: 1e6)), Key("arguments", .raw(\.arguments)),
      Key("args", .raw(\.arguments)), Key("params", .raw(\.arguments)),
      Key("input", .raw(\.arguments)), Key("request_id", .field(\.request)),
      Key("requestId", .field(\.request)), Key("id", .field(\.request)),
      Key("session_id", .field(\.session)), Key("session", .field(\.session)),
      Key("trace_id", .field(\.trace)), Key("correlation_id", .field(\.trace)),
      Key("error", .failure), Key("reason", .field(\.detail)), Key("message", .field(\.detail)),
      Key("msg", .field(\.detail)),
    ])
}

/// The lines that docker's gateway writes for people: a call with its arguments, and how long it took.
enum DockerLine {
  private static let start = "Calling tool "

  static func read(_ line: String) -> LogRecord? {
    guard let place = line.firstRange(of: start) else { return nil }
    let rest = line[place.upperBound...]
    let name = rest.prefix { $0 != " " }
    var record = LogRecord()
    record.kind = "tools/call"
    record.tool = String(name)
    let tail = rest.dropFirst(name.count)
    if let words = tail.firstRange(of: " with arguments: ") {
      // Newer ones tell how many there are, and keep none.
      let told = String(tail[words.upperBound...])
      record.arguments = told == "none" ? "" : told
    } else if let words = tail.firstRange(of: " took: ") {
      record.microseconds = LogMoment.duration(
        String(tail[words.upperBound...].prefix { $0 != " " }), 1e6)
      record.outcome = "done"
      record.verdict = .fine
    }
    return record
  }
}

/// What the driver does in a scenario of the public conformance suite. The suite looks at how it is done.
struct ConformanceScenario: Sendable {
  enum Step: Sendable {
    case listTools
    /// Every tool that may be called, with arguments made up from its schema.
    case callListedTools
    case call(String)
    /// Sends the schema of one tool, as it was listed, to another.
    case echoSchema(of: String, to: String)
    /// The calls that the suite names in its context.
    case callsOfContext
    case readResources
    case getPrompts
  }

  /// How the scenario is signed in to, where it asks for that.
  enum Way: Sendable {
    case code, credentials, key, assertion, enterprise
  }

  let name: String
  var steps = usual
  var way = Way.code

  static func named(_ name: String) -> ConformanceScenario {
    rows.first { $0.name == name } ?? ConformanceScenario(name: name)
  }

  /// What most scenarios want, those for authorization among them.
  private static let usual: [Step] = [.listTools, .callListedTools]

  /// The scenarios that want something else.
  private static let rows: [ConformanceScenario] = [
    .init(name: "auth/client-credentials-basic", way: .credentials),
    .init(name: "auth/client-credentials-jwt", way: .key),
    .init(name: "auth/enterprise-managed-authorization", way: .enterprise),
    .init(name: "auth/wif-jwt-bearer", way: .assertion),
    .init(name: "initialize", steps: [.listTools]),
    .init(name: "json-schema-ref-no-deref", steps: [.listTools]),
    .init(name: "sse-retry", steps: [.listTools, .call("test_reconnection")]),
    .init(
      name: "json-schema-2020-12-preservation",
      steps: [
        .listTools, .echoSchema(of: "json_schema_2020_12_tool", to: "json_schema_echo"),
      ]),
    .init(
      name: "http-standard-headers",
      steps: [.listTools, .callListedTools, .readResources, .getPrompts]),
    .init(name: "http-custom-headers", steps: [.listTools, .callsOfContext]),
    .init(
      name: "sep-2322-client-request-state",
      steps: [.listTools]
        + ["echo_state", "unrelated", "no_state", "no_result_type"].map { .call("test_mrtr_\($0)") }
    ),
  ]
}

import Testing

@testable import Settings

@Suite struct VariableTests {
  private func server(_ url: String, _ dialect: VariableDialect) -> ServerDefinition {
    var server = ServerDefinition(name: "s", transport: .http, origin: .commandLine)
    server.url = url
    server.dialect = dialect
    server.inputs = [ConfigInput(id: "port", fallback: "80")]
    return server
  }

  private let scope = VariableScope(
    environment: ["A": "1", "EMPTY": ""], home: "/home/u", workspace: "/home/u/work",
    inputs: ["key": "k"])

  @Test(
    arguments: [
      (.alidade, "x${A}y", "x1y", []),
      (.alidade, "${env:A}", "1", []),
      (.alidade, "${NO:-d}${EMPTY:-e}${EMPTY}", "de", []),
      (.alidade, "${NO:-{\"a\":1}}", "{\"a\":1}", []),
      (.alidade, "${NO}/${env:NEITHER}", "${NO}/${env:NEITHER}", ["NO", "NEITHER"]),
      (.alidade, "$A $$ ${} ${a b} ${A", "$A $$ ${} ${a b} ${A", []),
      (.alidade, "${input:key}${input:no}", "k${input:no}", ["no"]),
      (.alidade, "${workspaceFolder}|${userHome}|${/}", "/home/u/work|/home/u|/", []),
      (.vsCode, "${workspaceFolderBasename}${A}", "work${A}", []),
      (.vsCode, "${command:pick}", "${command:pick}", ["command:pick"]),
      (.cursor, "Bearer ${env:A}", "Bearer 1", []),
      (
        .claudeCode, "${A}${env:A}${CLAUDE_PLUGIN_ROOT}", "1${env:A}${CLAUDE_PLUGIN_ROOT}",
        ["CLAUDE_PLUGIN_ROOT"]
      ),
      (.gemini, "$A/${A}/$NO.x", "1/1/$NO.x", ["NO"]),
      (.openCode, "{env:A}{file:~/x}${A}", "1{file:~/x}${A}", ["~/x"]),
      (.registry, "https://h:{port}/{id}", "https://h:80/{id}", ["id"]),
      (.none, "${A}$A{env:A}", "${A}$A{env:A}", []),
    ] as [(VariableDialect, String, String, [String])])
  func `each dialect expands its own forms`(
    dialect: VariableDialect, text: String, expected: String, missing: [String]
  ) {
    let result = server(text, dialect).expanded(in: scope)
    #expect(result.definition.url == expected)
    #expect(result.unresolved.map(\.reference.name) == missing)
  }

  @Test(
    arguments: [
      (.vsCode, "${env:A} ${input:api-key} ${workspaceFolder}", "${A} ${API_KEY} /p"),
      (.openCode, "{env:A}", "${A}"),
      (.gemini, "$A ${userHome}", "${A} /h"),
      (.registry, "{port} {x}", "${PORT:-80} ${X}"),
      (.claudeCode, "${A:-b}", "${A:-b}"),
    ] as [(VariableDialect, String, String)])
  func `the catalog keeps variables in its own form`(
    dialect: VariableDialect, text: String, expected: String
  ) {
    #expect(server(text, dialect).translated(workspace: "/p", home: "/h").url == expected)
  }

  @Test func `every field that may hold a variable is expanded and told`() {
    var server = ServerDefinition(name: "s", transport: .stdio, origin: .commandLine)
    server.command = "${C}"
    server.arguments = ["-y", "${X}"]
    server.environment = [NamedValue("K", "${X}")]
    server.directory = "${D}"
    server.headers = [NamedValue("H", "${X}")]
    let fields = server.expanded(in: scope).unresolved.map(\.field)
    #expect(fields == ["command", "args[1]", "headers.H", "env.K", "cwd"])
  }

  @Test func `what a client leaves alone is known`() {
    let ignored = server("${A} ${env:A}", .cursor).ignoredReferences.map(\.reference.text)
    #expect(ignored == ["${A}"])
  }

  @Test(arguments: [
    ("Authorization", "Bearer alm_live_abc123", "Bearer ••••"),
    ("Authorization", "Bearer ${env:KEY}", "Bearer ${env:KEY}"),
    ("Authorization", "Bearer ${KEY:-secret}", "Bearer ••••"),
    ("X-MCP-API-Key", "abc", "••••"),
    ("x-allv-user-email", "a@b.c", "a@b.c"),
  ])
  func `secret headers are masked, references are not`(
    name: String, value: String, shown: String
  ) {
    #expect(Masking.header(NamedValue(name, value)) == shown)
  }

  @Test(arguments: [
    (["--header", "X-MCP-API-Key: abc"], ["--header", "X-MCP-API-Key: ••••"]),
    (["--api-key", "abc", "--port", "1"], ["--api-key", "••••", "--port", "1"]),
    (["--token=abc"], ["--token=••••"]),
    (["run", "-e", "A_TOKEN=abc", "-e", "B=c"], ["run", "-e", "A_TOKEN=••••", "-e", "B=c"]),
    (["https://u:pw@h/"], ["https://u:••••@h/"]),
  ])
  func `secret arguments are masked`(arguments: [String], shown: [String]) {
    #expect(Masking.arguments(arguments) == shown)
  }

  @Test func `a value's description never holds a secret`() {
    #expect("\(NamedValue("ALUMIA_API_KEY", "alm_live_1234567"))" == "ALUMIA_API_KEY=••••")
    var text = ""
    dump(NamedValue("ALUMIA_API_KEY", "alm_live_1234567"), to: &text)
    #expect(!text.contains("1234567"))
  }
}

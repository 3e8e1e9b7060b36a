import CommandLineApp
import EventLoop
import TestSupport
import Testing

/// What the words of a target show before anything is asked.
@LoopActor
@Suite(.inTurns) struct DoctorConfigTests {
  /// A closed door ends each run at once.
  nonisolated private static let closed = "http://127.0.0.1:1/mcp"

  nonisolated static let words: [DoctorRow] = [
    DoctorRow(
      "a scheme twice", "config-doubled-scheme", code: .usage, "one 'Bearer'",
      words: [closed, "-H", "Authorization: Bearer Bearer x"]),
    DoctorRow(
      "a placeholder", "config-placeholder", status: "warning", "real value",
      words: [closed, "-H", "Authorization: Bearer <your-token>"]),
    DoctorRow(
      "a secret without TLS", "config-secret-exposed", status: "warning", "https://",
      words: ["http://no-such-host.invalid/mcp", "-H", "Authorization: Bearer abc"]),
    DoctorRow(
      "a wrong path of a known service", "config-wrong-path", code: .usage,
      "https://api.lumos.com/mcp/user",
      words: ["https://api.lumos.com/mcp"]),
    DoctorRow(
      "a service that is announced", "config-not-available", code: .usage, "admin",
      words: ["https://api.lumos.com/mcp/admin"]),
    DoctorRow(
      "a key where none is wanted", "config-no-key-wanted", code: .usage, "browser",
      words: ["https://api.lumos.com/mcp/user", "-H", "Authorization: Bearer abc"]),
    DoctorRow(
      "a key of another form", "config-key-form", code: .usage, "alm_live_",
      words: ["https://app.alumia.com/mcp", "-H", "Authorization: Bearer sk-123"]),
    DoctorRow(
      "a header of another name", "config-wrong-header", code: .usage, "X-MCP-API-Key",
      words: ["https://mcp.alloy.app/mcp", "-H", "X-API-Key: abc"]),
    DoctorRow(
      "a member that is not named", "config-wrong-header", code: .usage, "x-allv-user-id",
      words: ["https://allv.ai/api/workspaces/w1/mcp", "-H", "x-api-key: abc"]),
    DoctorRow(
      "a variable of another name", "config-wrong-variable", code: .usage, "ALLOY_API_TOKEN",
      words: ["-e", "ALLOY_API_URL=http://127.0.0.1:1", "-e", "ALLOY_TOKEN=x", "--", "alloy-mcp"]),
    DoctorRow(
      "a variable without a value", "config-variable", code: .usage, "NO_SUCH_TOKEN",
      words: [closed, "-H", "Authorization: Bearer ${NO_SUCH_TOKEN}"]),
    DoctorRow(
      "a header that cannot be sent", "config-header", code: .usage, "header",
      words: [closed, "-H", "Bad Name: x"]),
    DoctorRow(
      "an address without a host", "config-address", code: .usage, "address",
      words: ["http://"]),
    DoctorRow(
      "a scheme that is none", "config-address", code: .usage, "http and https",
      words: ["ftp://x.example/"]),
    DoctorRow(
      "a name that nobody knows", "config-unknown-server", code: .usage, "nobody",
      words: ["@nobody"]),
    DoctorRow(
      "a quote that is left open", "config-command-line", code: .usage, "never closed",
      words: ["python 'server.py"]),
    DoctorRow(
      "options that do not go together", "config-words", code: .usage, "--cwd",
      words: [closed, "--cwd", "/tmp"]),
    DoctorRow(
      "a revision that is none", "unknown-revision", code: .usage, "1999-01-01",
      words: [closed, "--protocol", "1999-01-01"]),
  ]

  /// Files of clients in a home of its own, by their paths there.
  nonisolated static let files: [(row: DoctorRow, path: String, text: String)] = [
    (
      file("a quote that is missing", "config-syntax", "line 2, column"), cursor,
      "{\n  \"mcpServers: {}\n}"
    ),
    (
      file("a last comma", "config-not-strict", "comma"), desktop,
      #"{"mcpServers":{"a":{"command":"x"},}}"#
    ),
    (
      file("a name twice", "config-duplicate", status: "warning", "only the last"), cursor,
      #"{"mcpServers":{"a":{"command":"x"},"a":{"command":"y"}}}"#
    ),
    (
      file("another section", "config-wrong-section", "mcpServers"), cursor,
      #"{"servers":{"a":{"command":"x"}}}"#
    ),
    (
      file("another member", "config-wrong-member", "command"), cursor,
      #"{"mcpServers":{"a":{"cmd":"x"}}}"#
    ),
    (
      file("neither address nor command", "config-transport", "neither"), cursor,
      #"{"mcpServers":{"a":{}}}"#
    ),
    (
      file("a line in place of a program", "config-command-line", status: "warning", "npx"), cursor,
      #"{"mcpServers":{"a":{"command":"npx -y server"}}}"#
    ),
    (
      file("an environment for an address", "config-misplaced", status: "warning", "headers"),
      cursor,
      #"{"mcpServers":{"a":{"url":"https://x.example/mcp","env":{"A":"b"}}}}"#
    ),
    (
      file("a number in place of words", "config-value", "expected"), cursor,
      #"{"mcpServers":{"a":{"command":5}}}"#
    ),
    (
      file("a file where nobody looks", "config-wrong-place", status: "warning", "~/.claude.json"),
      ".claude/settings.json", #"{"mcpServers":{"a":{"command":"x"}}}"#
    ),
  ]

  nonisolated static let unreadable = file(
    "a folder in place of a file", "config-unreadable", "Cursor")
  nonisolated static let rows = words + files.map(\.row) + [unreadable]
  nonisolated private static let cursor = ".cursor/mcp.json"
  nonisolated private static let desktop = ".config/Claude/claude_desktop_config.json"

  nonisolated private static func file(
    _ name: String, _ id: String, status: String = "error", _ proof: String
  ) -> DoctorRow {
    DoctorRow(
      name, id, status: status, code: status == "error" ? .usage : .ok, proof, "restart", words: [])
  }

  @Test(arguments: files.indices)
  func `what stands wrongly in a client's file is told with its place`(index: Int) async throws {
    let home = ScratchFolder()
    let (row, path, text) = Self.files[index]
    _ = home.write(text, to: path)
    try await row.check(environment: ["HOME": home.path], directory: home.path, #_sourceLocation)
  }

  @Test func `a file that cannot be read is told`() async throws {
    let home = ScratchFolder()
    _ = home.write("", to: Self.cursor + "/inside")
    try await Self.unreadable.check(
      environment: ["HOME": home.path], directory: home.path, #_sourceLocation)
  }

  /// Names are looked up nowhere: a proxy that is not there answers for all hosts.
  @Test(arguments: words.indices)
  func `what stands wrongly in a target is told before it is asked`(index: Int) async throws {
    let proxy = "http://127.0.0.1:1"
    try await Self.words[index].check(
      environment: ["HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "PATH": "/usr/bin:/bin"],
      #_sourceLocation)
  }
}

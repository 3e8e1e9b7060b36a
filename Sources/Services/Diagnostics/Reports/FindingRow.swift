import Operations

/// A finding that a check makes by itself, and what it means.
struct FindingRow: Sendable {
  let check: String
  let id: String
  let meaning: String

  init(_ check: String, _ id: String, _ meaning: String) {
    (self.check, self.id, self.meaning) = (check, id, meaning)
  }

  /// Besides those that are failures of the connection.
  static let all: [FindingRow] = [
    FindingRow("config", "config-address", "the address is none"),
    FindingRow("config", "config-header", "a header cannot be sent as it stands"),
    FindingRow(
      "config", "config-doubled-scheme", "a value begins with its scheme twice: Bearer Bearer"),
    FindingRow(
      "config", "config-placeholder", "a placeholder of an example stands where a value belongs"),
    FindingRow(
      "config", "config-secret-exposed", "a secret goes over http, or stands in a project's file"),
    FindingRow("config", "config-misplaced", "a value stands where the client does not read it"),
    FindingRow("config", "config-variable", "a variable has no value"),
    FindingRow("config", "config-wrong-variable", "the variable has another name in this system"),
    FindingRow("config", "config-wrong-header", "the header has another name in this system"),
    FindingRow("config", "config-key-form", "the key does not begin as keys of this system do"),
    FindingRow("config", "config-wrong-path", "the system's endpoint has another path"),
    FindingRow("config", "config-not-available", "the system does not offer that yet"),
    FindingRow("config", "config-no-key-wanted", "the system takes no keys"),
    FindingRow("config", "config-value", "a value cannot be right"),
    FindingRow(
      "config", "config-syntax",
      "the file cannot be read as JSON, TOML or YAML, from that line and column on"),
    FindingRow("config", "config-unreadable", "the file cannot be opened"),
    FindingRow(
      "config", "config-not-strict",
      "a comment, a last comma or a byte order mark, for which the client drops the file"),
    FindingRow("config", "config-duplicate", "a name stands twice; only the last one counts"),
    FindingRow(
      "config", "config-wrong-section", "servers stand under another word than the client looks for"
    ),
    FindingRow("config", "config-wrong-member", "the client calls that member something else"),
    FindingRow(
      "config", "config-transport", "address, command and type of an entry do not go together"),
    FindingRow(
      "config", "config-command-line",
      "a command line stands where a program's name belongs, or cannot be taken apart"),
    FindingRow(
      "config", "config-wrong-place", "the file was meant for a client that looks elsewhere"),
    FindingRow("config", "config-unknown-server", "no entry of that name is known"),
    FindingRow("config", "config-words", "the words of the command line make no target"),
    FindingRow("tls", "tls-insecure", "certificates are not checked"),
    FindingRow("auth", "registration-needed", "clients must be registered there by hand"),
    FindingRow(
      "auth", "registration-refused", "the authorization server refuses to register this client"),
    FindingRow("auth", "registration-token-needed", "registration wants a token of its own"),
    FindingRow("auth", "page-refused", "the sign-in page refuses client, redirect URI or question"),
    FindingRow("auth", "access_denied", "access was denied on the sign-in page"),
    FindingRow("auth", "state-mismatch", "the browser's answer belongs to another sign-in"),
    FindingRow(
      "auth", "iss-missing", "the browser's answer does not say whose it is, as was promised"),
    FindingRow("auth", "iss-mismatch", "the browser's answer comes from another issuer"),
    FindingRow("auth", "code-missing", "the browser's answer holds no code"),
    FindingRow("auth", "invalid_scope", "a scope that was asked for is not known there"),
    FindingRow("auth", "invalid_target", "the resource parameter is not taken there"),
    FindingRow("token", "token-claims", "a claim of the token speaks against its being taken"),
    FindingRow("token", "token-expired", "the kept token has expired and cannot be renewed"),
    FindingRow("token", "token-scope-short", "fewer scopes were granted than asked for"),
    FindingRow("token", "token-not-renewable", "no refresh token came"),
    FindingRow("token", "token-lifetime-unknown", "the token came without expires_in"),
    FindingRow("speech", "oddity", "something was out of order and broke nothing"),
    FindingRow("speech", "stdout-noise", "text stands where only messages belong"),
    FindingRow("lists", "list-failed", "a list that is declared cannot be had"),
    FindingRow("lists", "list-cursor-loop", "a cursor comes again"),
    FindingRow("lists", "list-broken-item", "an item of a list is broken"),
    FindingRow(
      "lists", "list-without-ttl", "a list does not say how long and for whom it holds (2026-07-28)"
    ),
    FindingRow(
      "lists", "lists-change-untold", "no notification is promised for lists that change"),
    FindingRow("lists", "list-duplicate-name", "several tools have the same name"),
    FindingRow("lists", "tool-not-callable", "marks of a tool forbid its call over HTTP"),
    FindingRow("lists", "lists-none", "nothing is declared to list"),
    FindingRow("lists", "tools-none", "tools are declared and none is listed"),
    FindingRow("lists", "tools-hidden", "published tools are not listed for these credentials"),
    FindingRow("call", "call-failed", "a call that changes nothing did not come back"),
    FindingRow("call", "resource-unreadable", "a resource that is listed cannot be read"),
    FindingRow("call", "call-slow", "it took more than three seconds"),
    FindingRow("call", "call-tool-error", "the tool says that it failed"),
    FindingRow("call", "session-lost", "the session was gone with the call"),
    FindingRow("call", "call-oddity", "something was out of order and broke nothing"),
    FindingRow("call", "ping-failed", "no sign of life"),
    FindingRow("call", "ping-refused", "the server refuses pings"),
    FindingRow(
      "call", "output-missing", "an output schema is declared and no structured content came"),
    FindingRow("call", "output-mismatch", "the answer breaks its output schema"),
  ]
}

/// The page of all checks: what each can find, and what to do.
package enum CheckReference {
  package static var markdown: String {
    let head = [
      "# What is checked", "",
      "`alidade doctor TARGET` walks these checks in their order; each is skipped, with the reason, where an earlier one makes it pointless. The name of a finding is the same in every report and every run; `CHECK-ok` and `CHECK-skipped` are not listed.",
      "",
    ]
    let review =
      [
        "## The review", "",
        "`alidade check TARGET` looks at what a working server offers.", "",
      ] + ReviewRule.all.map { "- `\($0.id)`: \($0.title)" }
    return (head + Check.all.flatMap(section) + review).joined(separator: "\n") + "\n"
  }

  private static func section(_ check: Check) -> [String] {
    var rows = check.causes.sorted { $0.key < $1.key }.map {
      (id: $0.value.id ?? $0.key, words: $0.value.fix)
    }
    rows += FindingRow.all.filter { $0.check == check.id }.map { (id: $0.id, words: $0.meaning) }
    if check.id == Check.call.id {
      rows += RPCErrorCause.all.map { (id: $0.id, words: "\($0.cause): \($0.fix)") }
      rows += ToolErrorCause.all.map { (id: $0.id, words: "\($0.cause): \($0.fix)") }
    }
    let lines = rows.map { "| `\($0.id)` | \($0.words.replacing("|", with: "\\|")) |" }
    return ["## \(check.id): \(check.title)", ""]
      + (lines.isEmpty ? [] : ["| finding | meaning or remedy |", "|---|---|"] + lines + [""])
  }
}

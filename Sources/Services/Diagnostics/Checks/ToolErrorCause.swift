/// What the words of a failed tool tell about the system behind it: a row.
struct ToolErrorCause: Sendable {
  let id: String
  /// All words of one of these groups stand in the answer.
  let words: [[String]]
  let cause: String
  let fix: String

  /// The first that fits, `nil` where the words tell nothing.
  static func of(_ answer: String) -> ToolErrorCause? {
    let text = answer.lowercased()
    return all.first { row in row.words.contains { $0.allSatisfy(text.contains) } }
  }

  /// In the order in which they are looked for: the narrower first.
  static let all: [ToolErrorCause] = [
    ToolErrorCause(
      id: "call-stale-binary",
      words: [["outdated"], ["does not know this call"], ["unknown endpoint"], ["no such route"]],
      cause: "the program of the server is older than the system behind it",
      fix:
        "rebuild the server, put the new program where the configuration points, and restart the assistant"
    ),
    ToolErrorCause(
      id: "call-backend-down",
      words: [
        ["connection refused"], ["econnrefused"], ["is not running"], ["could not connect"],
        ["failed to connect"], ["connect error"], ["enotfound"], ["name or service not known"],
      ],
      cause: "the system behind the server does not answer it",
      fix:
        "start that API first, or correct the address the server is given (ALLOY_API_URL, ALUMIA_BASE_URL): port and host must be those of the running API"
    ),
    ToolErrorCause(
      id: "call-role-denied",
      words: [["your role"], ["role", "does not"], ["permission", "admin"], ["ask your admin"]],
      cause: "a role forbids it, whatever the scopes",
      fix: "ask an administrator for the role: approving more scopes does not change it"),
    ToolErrorCause(
      id: "call-flag-off", words: [["feature flag"], ["not enabled for"], ["feature is off"]],
      cause: "a feature flag of the organization is off",
      fix: "ask an administrator to switch the feature on"),
    ToolErrorCause(
      id: "call-scopes-missing",
      words: [
        ["lacks", "scope"], ["missing", "scope"], ["insufficient", "scope"], ["forbidden"],
        ["403"],
      ],
      cause: "the server's own key lacks a scope",
      fix: "create the key anew with the scopes the tool needs (read and write)"),
    ToolErrorCause(
      id: "call-token-expired",
      words: [["expired"], ["revoked"]],
      cause: "the server's own key has expired or was revoked",
      fix: "create a new API key, put it into the configuration and restart the client"),
    ToolErrorCause(
      id: "call-token-invalid",
      words: [
        ["invalid api token"], ["invalid token"], ["invalid api key"], ["invalid key"],
        ["unauthorized"], ["401"],
      ],
      cause: "the server's own key is not known",
      fix:
        "look whether the key is whole and begins as it should (alloy_live_ or alloy_test_), else create a new one"
    ),
    ToolErrorCause(
      id: "call-rate-limited", words: [["rate limit"], ["too many requests"], ["429"]],
      cause: "the system behind the server was asked too often", fix: "wait as told, then try again"
    ),
    ToolErrorCause(
      id: "call-member-missing", words: [["member", "header"], ["member", "missing"]],
      cause: "the server wants to know on whose behalf it is called",
      fix: "name the member in the header the server asks for, with -H"),
  ]
}

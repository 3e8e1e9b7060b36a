/// Which names hold secrets, and how much of such a value may still be shown.
package enum SecretNames {
  /// What of a secret header's value stays readable.
  enum HeaderShape: Sendable {
    /// Nothing.
    case whole
    /// The scheme: `Bearer ••••`.
    case credentials
    /// The names: `session=••••; theme=••••`.
    case cookies
    /// Name and attributes: `session=••••; Path=/; HttpOnly`.
    case setCookie
  }

  static let headers: [(name: String, shape: HeaderShape)] = [
    ("authorization", .credentials),
    ("proxy-authorization", .credentials),
    ("cookie", .cookies),
    ("set-cookie", .setCookie),
    ("x-api-key", .whole),
    ("api-key", .whole),
    ("apikey", .whole),
    ("x-auth-token", .whole),
    ("x-access-token", .whole),
    ("x-csrf-token", .whole),
    ("x-amz-security-token", .whole),
    ("x-goog-api-key", .whole),
    ("x-gitlab-token", .whole),
    ("private-token", .whole),
    ("dpop", .whole),
  ]

  /// Whole names of query parameters, form fields and JSON members.
  static let exact: Set<String> = [
    "access_token", "refresh_token", "id_token", "token", "code", "code_verifier", "client_secret",
    "client_assertion", "assertion", "api_key", "apikey", "key", "sig", "signature", "password",
    "passwd", "pwd", "secret", "auth", "authorization", "credential", "credentials", "bearer",
    "private_key", "passphrase", "device_code", "x_amz_signature", "x_amz_security_token",
    "x_goog_signature", "session_token",
  ]

  /// Closing words of longer names: `ALUMIA_API_KEY`, `githubToken`, `db-password`.
  static let endings: [String] = [
    "_token", "_secret", "_password", "_passwd", "_passphrase", "_credential", "_credentials",
    "_api_key", "_apikey", "_access_key", "_private_key", "_secret_key", "_auth_key", "_pat",
  ]

  /// Closing words of names whose token is only a place to go on from.
  static let bookmarks: [String] = [
    "progress_token", "page_token", "continuation_token", "sync_token", "next_token",
  ]

  /// True where a value under this name must be masked, whether an environment variable, a query or form field, or a JSON member.
  package static func isSecret(_ name: String) -> Bool {
    let plain = normalized(name)
    if bookmarks.contains(where: { plain.hasSuffix($0) }) { return false }
    return exact.contains(plain) || endings.contains { plain.hasSuffix($0) }
  }

  static func shape(ofHeader name: String) -> HeaderShape? {
    let lowered = name.lowercased()
    if let row = headers.first(where: { $0.name == lowered }) { return row.shape }
    return isSecret(name) ? .whole : nil
  }

  /// `githubToken`, `GITHUB-TOKEN` and `github_token` are one name.
  private static func normalized(_ name: String) -> String {
    var plain = ""
    var wasLower = false
    for character in name.unicodeScalars {
      let isUpper = "A"..."Z" ~= character
      if isUpper, wasLower { plain += "_" }
      wasLower = "a"..."z" ~= character || "0"..."9" ~= character
      plain.unicodeScalars.append(character == "-" || character == "." ? "_" : character)
    }
    return plain.lowercased()
  }
}

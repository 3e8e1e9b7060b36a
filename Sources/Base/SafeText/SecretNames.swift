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
    ("dpop", .whole),
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

  /// Names that are secrets in an address or a form, and in JSON most often ordinary: `error.code`, a sort key.
  static let ordinary: Set<String> = ["code", "key", "auth"]

  /// Closing words of longer names: `ALUMIA_API_KEY`, `githubToken`, `db-password`.
  static let endings: [String] = [
    "_token", "_secret", "_password", "_passwd", "_passphrase", "_credential", "_credentials",
    "_api_key", "_apikey", "_access_key", "_private_key", "_secret_key", "_auth_key", "_pat",
  ]

  /// Closing words of names whose token is only a place to go on from.
  static let bookmarks: [String] = [
    "progress_token", "page_token", "continuation_token", "sync_token", "next_token",
  ]

  /// True where a value under this name must be masked, whether an environment variable or a query or form field.
  package static func isSecret(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isSecret(utf8: $0) }
  }

  /// The same of a name's bytes. Only the end of a long name counts.
  package static func isSecret(utf8 name: UnsafeBufferPointer<UInt8>) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * tail) { space in
      let isWhole = name.count <= tail
      let (count, hasBreak) = normalize(name.suffix(tail), into: space)
      let plain = UnsafeBufferPointer(rebasing: space[..<count])
      func ends(in words: [UInt8]) -> Bool { plain.suffix(words.count).elementsEqual(words) }
      if hasBreak, bookmarkBytes.contains(where: ends) { return false }
      if isWhole, count < exactByCount.count,
        exactByCount[count].contains(where: { plain.elementsEqual($0) })
      {
        return true
      }
      return hasBreak && endingBytes.contains(where: ends)
    }
  }

  /// True where the text under this name must be masked in JSON.
  package static func isSecret(member name: String) -> Bool {
    var name = name
    return name.withUTF8 { isSecret(memberUTF8: $0) }
  }

  package static func isSecret(memberUTF8 name: UnsafeBufferPointer<UInt8>) -> Bool {
    isSecret(utf8: name) && !ordinaryBytes.contains { isSame(name, $0) }
  }

  private static let ordinaryBytes = ordinary.map { Array($0.utf8) }

  /// Longer than every row.
  private static let tail = 32
  private static let bookmarkBytes = bookmarks.map { Array($0.utf8) }
  private static let endingBytes = endings.map { Array($0.utf8) }
  private static let exactByCount: [[[UInt8]]] = {
    var table = [[[UInt8]]](repeating: [], count: tail)
    for name in exact { table[name.utf8.count].append(Array(name.utf8)) }
    return table
  }()

  /// True of a header that holds a caller's key and nothing else.
  package static func isKey(header name: String) -> Bool {
    if case .whole = shape(ofHeader: name) { true } else { false }
  }

  static func shape(ofHeader name: String) -> HeaderShape? {
    if let row = headers.first(where: { isHeader(name, $0.name) }) { return row.shape }
    return isSecret(name) ? .whole : nil
  }

  private static func isHeader(_ name: String, _ row: String) -> Bool {
    isSame(name.utf8, row.utf8)
  }

  private static func isSame(
    _ name: some Collection<UInt8>, _ row: some Collection<UInt8>
  ) -> Bool {
    name.count == row.count && zip(name, row).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
  }

  /// `githubToken`, `GITHUB-TOKEN` and `github_token` are one name. Tells also whether it has several words.
  private static func normalize(
    _ name: Slice<UnsafeBufferPointer<UInt8>>, into plain: UnsafeMutableBufferPointer<UInt8>
  ) -> (count: Int, hasBreak: Bool) {
    var count = 0
    var hasBreak = false
    var wasLower = false
    func append(_ byte: UInt8) {
      plain[count] = byte
      count += 1
      if byte == UInt8(ascii: "_") { hasBreak = true }
    }
    for byte in name {
      let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      if isUpper, wasLower { append(UInt8(ascii: "_")) }
      wasLower =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      let isMark = byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      append(isMark ? UInt8(ascii: "_") : isUpper ? byte | 0x20 : byte)
    }
    return (count, hasBreak)
  }
}

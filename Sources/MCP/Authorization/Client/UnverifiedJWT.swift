import Crypto
package import JSON

/// The parts of a token that happens to be a JWT, read without checking its signature: for showing only.
package struct UnverifiedJWT: Sendable, Hashable {
  package let header: JSON
  package let claims: JSON

  /// Nil for opaque tokens.
  package init?(_ token: String) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1])
    else { return nil }
    self.header = header
    self.claims = claims
  }

  private static func object(_ part: Substring) -> JSON? {
    guard part.utf8.count < 65_536, let bytes = Base64URL.bytes(String(part)) else { return nil }
    do {
      // A bare nil would be the JSON null here.
      return try JSON.parse(bytes).object.map(JSON.object)
    } catch {
      return nil
    }
  }
}

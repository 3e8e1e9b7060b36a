/// Who calls, as the access gate has found.
package struct Caller: Sendable, Hashable {
  /// Names the one caller over all sessions; sessions and tasks belong to it.
  package var principal: String
  /// How it showed who it is, safe to write down: a key's prefix, a client's id.
  package var credential: String?
  package var scopes: Set<String>
  /// What else is known of it, by the words of the system: workspace, member, role.
  package var claims: [String: String]

  package init(
    principal: String, credential: String? = nil, scopes: Set<String> = [],
    claims: [String: String] = [:]
  ) {
    self.principal = principal
    self.credential = credential
    self.scopes = scopes
    self.claims = claims
  }

  /// Whoever started the program.
  package static let local = Caller(principal: "local")
}

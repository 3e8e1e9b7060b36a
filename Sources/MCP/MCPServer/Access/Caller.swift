/// Who calls, as the access gate has found.
package struct Caller: Sendable, Hashable {
  /// Names the caller over all sessions, as people know it.
  package var principal: String
  /// Tells it from others of the same name, where names are not unique.
  package var distinction: String?
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

  /// To whom sessions and tasks belong.
  package var owner: String { distinction.map { "\(principal) \($0)" } ?? principal }

  /// Whoever started the program.
  package static let local = Caller(principal: "local")
}

/// Somebody of a system who can sign in, with what its tools look at.
package struct SystemPerson: Sendable, Hashable {
  package let id: String
  package let name: String
  package let email: String
  package let roles: [String]
  package let flags: [String]
}

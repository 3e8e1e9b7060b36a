/// How one system hands out API keys. A row a system; what has no row here has no keys.
package struct KeySystem: Sendable, Hashable {
  /// As `alidade serve` names it.
  package let name: String
  /// What a key begins with, for work and for trying things out.
  package let live: String
  package let test: String
  /// Scopes that mean something to its tools, the ones a key gets when none are named first.
  package let scopes: [String]
  package let usualScopes: [String]

  package static let all: [KeySystem] = [
    KeySystem(
      name: "alumia", live: "alm_live_", test: "alm_test_",
      scopes: ["read", "write", "models:read"], usualScopes: ["read"]),
    KeySystem(
      name: "alloy-sessions", live: "alloy_live_", test: "alloy_test_",
      scopes: ["read", "write"], usualScopes: ["read"]),
    KeySystem(
      name: "alloy-projects", live: "alloy_live_", test: "alloy_test_",
      scopes: ["read", "write"], usualScopes: ["read", "write"]),
    KeySystem(
      name: "allv", live: "sk_live_", test: "sk_test_", scopes: ["read", "write"],
      usualScopes: ["read", "write"]),
    KeySystem(
      name: "conformance", live: "cnf_live_", test: "cnf_test_", scopes: ["read", "write"],
      usualScopes: ["read", "write"]),
  ]

  package static func named(_ name: String) -> KeySystem? { all.first { $0.name == name } }
}

/// A service whose documents say what its configuration must hold; entries that miss it are told so.
struct KnownService: Sendable {
  enum Rule: Sendable {
    /// The one address of the service.
    case address(String)
    /// The end of its address, `*` for any one segment.
    case path([String])
    /// A path that is announced and not served.
    case notYet(path: String, what: String)
    case variable(String, insteadOf: [String], isRequired: Bool)
    case header(String, insteadOf: [String])
    case headers(oneOf: [String])
    case keyForm(prefixes: [String], variables: [String], headers: [String])
    /// Browser sign-in only.
    case noKey
  }

  let title: String
  /// Hosts, subdomains included.
  var hosts: [String] = []
  /// Programs or packages that are its stdio server.
  var programs: [String] = []
  let rules: [Rule]

  static let all: [KnownService] = [
    KnownService(
      title: "Alumia", hosts: ["alumia.com"], programs: ["@hasna/alumia", "alumia"],
      rules: [
        .address("https://app.alumia.com/mcp"),
        .variable(
          "ALUMIA_BASE_URL", insteadOf: ["ALUMIA_API_URL", "ALUMIA_URL"], isRequired: false),
        .variable(
          "ALUMIA_API_KEY", insteadOf: ["ALUMIA_KEY", "ALUMIA_TOKEN", "ALUMIA_API_TOKEN"],
          isRequired: true),
        .keyForm(
          prefixes: ["alm_live_", "alm_test_"], variables: ["ALUMIA_API_KEY"],
          headers: ["Authorization"]),
      ]),
    KnownService(
      title: "Alloy sessions", hosts: ["alloy.app"],
      rules: [
        .address("https://mcp.alloy.app/mcp"),
        .header("X-MCP-API-Key", insteadOf: ["X-API-Key", "MCP-API-Key", "X-Alloy-API-Key"]),
      ]),
    KnownService(
      title: "Alloy projects", programs: ["alloy-mcp"],
      rules: [
        .variable("ALLOY_API_URL", insteadOf: ["ALLOY_URL", "ALLOY_BASE_URL"], isRequired: true),
        .variable(
          "ALLOY_API_TOKEN", insteadOf: ["ALLOY_TOKEN", "ALLOY_API_KEY", "ALLOY_KEY"],
          isRequired: true),
        .keyForm(
          prefixes: ["alloy_live_", "alloy_test_"], variables: ["ALLOY_API_TOKEN"], headers: []),
      ]),
    KnownService(
      title: "Lumos", hosts: ["lumos.com"],
      rules: [
        .notYet(path: "/mcp/admin", what: "the admin server"),
        .address("https://api.lumos.com/mcp/user"),
        .noKey,
      ]),
    KnownService(
      title: "allv", hosts: ["allv.ai"],
      rules: [
        .path(["workspaces", "*", "mcp"]),
        .headers(oneOf: ["Authorization", "x-api-key"]),
        .headers(oneOf: ["x-allv-user-id", "x-allv-user-email"]),
      ]),
  ]
}

/// What an entry for a known service does not do as the service's documents say.
package enum ServiceFinding: Sendable, Hashable {
  case address(service: String, expected: String)
  case notYet(service: String, what: String)
  case variable(found: String, expected: String)
  case missingVariable(service: String, name: String)
  case header(found: String, expected: String)
  case missingHeader(service: String, oneOf: [String])
  case keyForm(service: String, prefixes: [String])
  case noKeyWanted(service: String)

  package var sentence: String {
    switch self {
    case .address(let service, let expected): "the MCP address of \(service) is \(expected)"
    case .notYet(let service, let what): "\(what) of \(service) is not available yet"
    case .variable(let found, let expected): "\(found) is not read by the server, \(expected) is"
    case .missingVariable(let service, let name): "\(service) needs \(name) in its environment"
    case .header(let found, let expected): "\(found) is not read by the server, \(expected) is"
    case .missingHeader(let service, let names):
      "\(service) needs the header \(names.joined(separator: " or "))"
    case .keyForm(let service, let prefixes):
      "a key of \(service) begins with \(prefixes.joined(separator: " or "))"
    case .noKeyWanted(let service):
      "\(service) takes no key: remove it and sign in through the browser"
    }
  }
}

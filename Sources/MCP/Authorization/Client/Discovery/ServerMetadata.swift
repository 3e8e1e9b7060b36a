package import HTTPCore
package import JSON

/// What an authorization server says about itself (RFC 8414, OpenID Connect Discovery), and what is odd about it.
package struct ServerMetadata: Sendable, Hashable {
  package enum Endpoint: String, Sendable, Hashable, CaseIterable {
    case authorization = "authorization_endpoint"
    case token = "token_endpoint"
    case registration = "registration_endpoint"
    case revocation = "revocation_endpoint"
    case device = "device_authorization_endpoint"
  }

  package var issuer: String?
  package var endpoints: [Endpoint: WebURL] = [:]
  package var scopes: Scopes?
  package var challengeMethods: [String]?
  package var tokenMethods: [String]?
  package var signingAlgorithms: [String]?
  package var dpopAlgorithms: [String]?
  package var grants: [String]?
  package var takesClientDocuments: Bool
  /// Answers carry the issuer's name.
  package var namesIssuer: Bool
  package var issues: [String] = []

  package init(_ json: JSON) {
    issuer = json["issuer"]?.string
    scopes = Scopes(json["scopes_supported"])
    challengeMethods = json.strings("code_challenge_methods_supported")
    tokenMethods = json.strings("token_endpoint_auth_methods_supported")
    signingAlgorithms = json.strings("token_endpoint_auth_signing_alg_values_supported")
    dpopAlgorithms = json.strings("dpop_signing_alg_values_supported")
    grants = json.strings("grant_types_supported")
    takesClientDocuments = json["client_id_metadata_document_supported"]?.bool ?? false
    namesIssuer = json["authorization_response_iss_parameter_supported"]?.bool ?? false
    if issuer == nil { issues.append("issuer is missing") }
    for endpoint in Endpoint.allCases {
      guard let text = json[endpoint.rawValue]?.string else { continue }
      do { endpoints[endpoint] = try WebURL(text) } catch {
        issues.append("\(endpoint.rawValue) is no URL: \(text)")
      }
    }
  }

  /// The endpoints that revision of the protocol assumes which knew no metadata.
  static func assumed(at origin: WebURL) -> ServerMetadata {
    var metadata = ServerMetadata([:])
    metadata.issuer = origin.origin?.description
    metadata.endpoints = [
      .authorization: origin.plain("/authorize"), .token: origin.plain("/token"),
      .registration: origin.plain("/register"),
    ]
    metadata.issues = []
    return metadata
  }

  package subscript(endpoint: Endpoint) -> WebURL? { endpoints[endpoint] }

  package var provesS256: Bool { challengeMethods?.contains("S256") ?? false }

  var findings: [String] {
    var lines = ["issuer: \(issuer ?? "missing")"]
    lines += Endpoint.allCases.compactMap { endpoint in
      endpoints[endpoint].map { "\(endpoint.rawValue): \($0)" }
    }
    let lists = [
      ("code_challenge_methods_supported", challengeMethods),
      ("token_endpoint_auth_methods_supported", tokenMethods),
      ("scopes_supported", scopes?.names),
    ]
    lines += lists.compactMap { name, list in
      list.map { "\(name): \($0.joined(separator: " "))" }
    }
    if takesClientDocuments { lines.append("client metadata documents are taken") }
    return lines + issues
  }
}

extension JSON {
  /// An array of strings, or one string standing for an array of one.
  func strings(_ name: String) -> [String]? {
    self[name]?.array?.compactMap(\.string) ?? self[name]?.string.map { [$0] }
  }
}

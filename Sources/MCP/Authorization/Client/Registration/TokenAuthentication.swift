/// How a client proves who it is at the token endpoint.
package enum TokenAuthentication: String, Sendable, Hashable, CaseIterable {
  case none
  case basic = "client_secret_basic"
  case post = "client_secret_post"
  case privateKey = "private_key_jwt"
}

extension ServerMetadata {
  /// The methods offered that we know; where none are named, the one that the standard assumes.
  private var offered: [TokenAuthentication] {
    guard let tokenMethods else { return [.basic] }
    return tokenMethods.compactMap(TokenAuthentication.init)
  }

  /// What a client with these credentials uses: what it was registered with, else the first offered that it can.
  package func method(for client: ClientIdentity) -> TokenAuthentication {
    if let method = client.method { return method }
    if client.hasKey { return .privateKey }
    guard client.secret != nil else { return .none }
    return offered.first { $0 == .basic || $0 == .post } ?? .basic
  }

  /// What a new client asks to be registered with: a program on a user's machine keeps no secret if it need not.
  var methodToRegister: TokenAuthentication {
    guard tokenMethods != nil, !offered.contains(.none) else { return .none }
    return offered.first { $0 == .basic || $0 == .post } ?? .none
  }
}

import Authorization
import EventLoop
import HTTPCore
import MCPClient
import Settings
import Transports

extension Station {
  /// What a connection has to show. Nothing is loaded for a server that nobody signed in to.
  func credentials(
    for definition: ServerDefinition, _ way: Way
  ) throws(OperationFailure) -> Credentials? {
    guard case .address(let address) = way.place else { return nil }
    let given = definition.headers.header("Authorization")
    let login = Self.advice(definition)
    guard let signInFolder, TokenStore.holdsSomething(in: signInFolder) else {
      return Credentials(server: address.url, grant: nil, given: given, login: login, desk: nil)
    }
    let desk = try desk(for: definition)
    let grant: StoredGrant?
    do throws(AuthorizationFailure) {
      grant = try desk.store?.grant(for: address.url.resourceName)
    } catch {
      throw OperationFailure(error, target: TargetFacts(definition).label)
    }
    return Credentials(server: address.url, grant: grant, given: given, login: login, desk: desk)
  }
}

extension Transport {
  /// With the sign-in's token on each request.
  func carrying(_ credentials: Credentials?) -> any Transport {
    guard let credentials, credentials.hasToken else { return self }
    let source: RequestCredentials = { _, url in await credentials.fields(for: url) }
    (self as? StreamableHTTP)?.credentials = source
    (self as? LegacySSE)?.credentials = source
    return self
  }
}

import Authorization
import EventLoop
import HTTPCore
import MCPClient
import Settings
import Transports

extension Station {
  /// What a connection has to show. Nothing is loaded for a server that nobody signed in to. Without `keeps` what
  /// comes of a sign-in is forgotten with the connection.
  func credentials(
    for definition: ServerDefinition, _ way: Way, _ offer: SignInOffer?, keeps: Bool = true
  ) async throws(OperationFailure) -> Credentials? {
    guard case .address(let address) = way.place else { return nil }
    let given = definition.headers.header("Authorization")
    let login = Self.advice(definition)
    let isKept = signInFolder.map(TokenStore.holdsSomething) ?? false
    guard isKept || offer != nil else {
      let bare = Credentials(
        server: address.url, grant: nil, headers: definition.headers, login: login, desk: nil)
      bare.notes = scopeNotes(for: definition)
      return bare
    }
    let desk = try await desk(for: definition, keeps: keeps, keeping: keeps && offer != nil)
    let grant: StoredGrant?
    do throws(AuthorizationFailure) {
      // With a header, or where the user signs in anew, the kept sign-in is not needed.
      let place = address.url.resourceName
      grant =
        given == nil && offer == nil
        ? try desk.store?.grant(for: place) : try desk.store?.readableGrant(for: place)
    } catch {
      throw OperationFailure(error, target: TargetFacts(definition).label)
    }
    let credentials = Credentials(
      server: address.url, grant: grant, headers: definition.headers, login: login, desk: desk)
    credentials.notes = scopeNotes(for: definition)
    if let offer {
      credentials.stepsUp = offer.order.stepsUp
      credentials.signIn = { [self] challenge, before async throws(AuthorizationFailure) in
        let made = try await signIn(to: address.url, offer, challenge, before: before, desk) {
          offer.scene.step(SignInStep($0))
        }
        offer.scene.made?(SignInFacts(made, now: desk.now))
        return made
      }
    }
    return credentials
  }
}

extension Transport {
  /// With the sign-in's token on each request.
  func carrying(_ credentials: Credentials?) -> any Transport {
    guard let credentials, credentials.mayHaveToken else { return self }
    let source: RequestCredentials = { method, url in
      await credentials.fields(method, for: url)
    }
    (self as? StreamableHTTP)?.credentials = source
    (self as? LegacySSE)?.credentials = source
    return self
  }
}

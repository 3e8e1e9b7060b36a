package import AuthorizationServer
import EventLoop

/// How the authorization server of a served system shall decide.
package struct AuthorizationWish: Sendable {
  package var consent = ConsentMode.page
  /// Who signs in where nobody is asked.
  package var person: String?
  /// How long an access token lasts; the server's own choice without it.
  package var accessLife: Duration?
  /// Issuers whose assertions are taken, besides its own.
  package var trusted: [String] = []
  /// Asks at the terminal; nil where there is none.
  package var ask: (@LoopActor @Sendable (ConsentQuestion) async -> ConsentAnswer)?

  package init() {}
}

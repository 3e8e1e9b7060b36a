package import Authorization
import EventLoop
package import HTTPCore

/// What an authorization server needs of the world besides its store.
package struct AuthorizationSurroundings: Sendable {
  /// Fetches a document that a client or an issuer names; nil where it cannot be had.
  package var fetch: @LoopActor @Sendable (WebURL) async -> AuthorizationAnswer?
  /// Asks the person at the terminal; nil where there is nobody.
  package var ask: (@LoopActor @Sendable (ConsentQuestion) async -> ConsentAnswer)?
  /// Hears of what is worth writing down.
  package var note: @LoopActor @Sendable (AuthorizationEvent) -> Void

  package init(
    fetch: @escaping @LoopActor @Sendable (WebURL) async -> AuthorizationAnswer? = { _ in nil },
    ask: (@LoopActor @Sendable (ConsentQuestion) async -> ConsentAnswer)? = nil,
    note: @escaping @LoopActor @Sendable (AuthorizationEvent) -> Void = { _ in }
  ) {
    self.fetch = fetch
    self.ask = ask
    self.note = note
  }
}

/// Something that happened at the authorization server.
package struct AuthorizationEvent: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case clientRegistered = "oauth.client.registered"
    case consentGiven = "oauth.consent.given"
    case consentRefused = "oauth.consent.refused"
    case tokenIssued = "oauth.token.issued"
    case tokenRefused = "oauth.token.refused"
    /// A refresh token or a code came a second time: the whole grant ended.
    case reused = "oauth.token.reused"
    case revoked = "oauth.token.revoked"
  }

  package let kind: Kind
  package var client = ""
  package var person = ""
  package var scopes = Scopes()
  package var detail = ""

  package init(_ kind: Kind) { self.kind = kind }
}

/// What a person is asked before a client gets in.
package struct ConsentQuestion: Sendable, Hashable {
  /// As the client calls itself. Foreign text.
  package let clientName: String
  package let clientID: String
  /// Where the answer is sent, as people read it.
  package let destination: String
  /// What the client will be let into.
  package let title: String
  package let scopes: [ScopeRow]
  package let people: [Person]
  /// Who signs in unless somebody else is named.
  package let person: Person
}

/// What came of asking.
package enum ConsentAnswer: Sendable, Hashable {
  case allowed(person: String)
  case refused
}

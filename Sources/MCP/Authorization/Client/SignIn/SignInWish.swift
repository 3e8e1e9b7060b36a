/// All that a sign-in is told beforehand.
package struct SignInWish: Sendable {
  package enum Way: Sendable, Hashable {
    /// The user agrees in a browser.
    case code
    /// The user types a short code on another device.
    case device
    /// No user: the client signs in for itself.
    case clientCredentials
    /// A platform's word about who runs this.
    case assertion(TrustedWord)
    /// The identity token of a company's sign-in, swapped for a word to the authorization server.
    case enterprise(TrustedWord, IdentityExchange)
  }

  /// When tokens are bound to a key of ours (DPoP).
  package enum Binding: Sendable, Hashable {
    /// Where the resource asks for it.
    case whereAsked
    case always, never
  }

  package var question: DiscoveryQuestion
  package var client: ClientWish
  package var way = Way.code
  package var scopes: Scopes?
  /// Whether the `resource` parameter is sent.
  package var sendsResource = true
  package var acceptsMissingS256 = false
  package var binding = Binding.whereAsked

  package init(_ question: DiscoveryQuestion, client: ClientWish) {
    self.question = question
    self.client = client
  }
}

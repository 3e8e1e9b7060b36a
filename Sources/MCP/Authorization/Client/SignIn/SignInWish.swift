package import SafeText

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
    case assertion(Secret)
  }

  package var question: DiscoveryQuestion
  package var client: ClientWish
  package var way = Way.code
  package var scopes: Scopes?
  /// Whether the `resource` parameter is sent.
  package var sendsResource = true
  package var acceptsMissingS256 = false

  package init(_ question: DiscoveryQuestion, client: ClientWish) {
    self.question = question
    self.client = client
  }
}

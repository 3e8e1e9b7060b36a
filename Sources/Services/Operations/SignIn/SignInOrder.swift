import EventLoop
package import JSON
package import SafeText

/// How a user wants to sign in to a server.
package struct SignInOrder: Sendable {
  package enum Way: Sendable, Hashable {
    case browser, device, clientCredentials
    /// A platform's word about who runs this, and the file it can be read from anew.
    case assertion(Secret, file: String?)
    /// A company's identity token, swapped at its identity provider.
    case enterprise(Secret, file: String?, IdentityOrder)
  }

  /// The company's identity provider and who we are there.
  package struct IdentityOrder: Sendable, Hashable {
    package var issuer: String?
    package var tokenEndpoint: String?
    package var clientID: String
    package var clientSecret: Secret?

    package init(clientID: String) { self.clientID = clientID }
  }

  /// When tokens are bound to a key of this machine.
  package enum Binding: String, Sendable, Hashable, CaseIterable {
    case auto, always, never
  }

  package var way = Way.browser
  /// Space-separated; nil leaves them to server and metadata, empty asks for none.
  package var scopes: String?
  package var clientID: String?
  package var clientSecret: Secret?
  /// PEM file of the key that signs the client's word.
  package var clientKey: String?
  /// The key itself, where it is in no file.
  package var clientKeyText: Secret?
  /// A name of the standard, as `client_secret_post`.
  package var clientAuthentication: String?
  package var clientDocument: String?
  package var registrationToken: Secret?
  package var forgetsClient = false
  package var issuer: String?
  package var resource: String?
  package var omitsResource = false
  package var acceptsIssuer = false
  package var acceptsMissingPKCE = false
  package var allowsPrivate = false
  package var callbackPort: UInt16?
  package var binding = Binding.auto
  /// The page is fetched instead of shown: for authorization servers that ask nobody.
  package var agreesByItself = false
  /// A call that wants more than was granted makes the sign-in anew; without it the call is refused.
  package var stepsUp = true

  package init() {}
}

/// Leave to sign in while a connection is used, and who plays the user's part.
package struct SignInOffer: Sendable {
  package var order: SignInOrder
  package var scene: SignInScene

  package init(_ order: SignInOrder, _ scene: SignInScene) {
    self.order = order
    self.scene = scene
  }
}

/// Where the user has to go.
package struct SignInPage: Sendable, Hashable {
  package let address: String
  /// The port that waits for the browser's answer; nil where nothing comes back to this machine.
  package let port: UInt16?
  /// What is to be typed there.
  package let userCode: String?
}

/// One step of a sign-in, to show. Words in it are foreign text.
package struct SignInStep: Sendable, Hashable {
  /// The request and what was decided, on one line.
  package let line: String
  /// All of it.
  package let lines: [String]
  package let json: JSON
}

/// Who plays the user's part.
package struct SignInScene: Sendable {
  package var show: @LoopActor @Sendable (SignInPage) -> Void
  /// A line that the user pastes; nil where nobody types.
  package var typed: (@LoopActor @Sendable () async -> String?)?
  package var step: @LoopActor @Sendable (SignInStep) -> Void
  /// Told what came of it, whether it is kept or not.
  package var made: (@LoopActor @Sendable (SignInFacts) -> Void)?

  package init(
    show: @escaping @LoopActor @Sendable (SignInPage) -> Void,
    typed: (@LoopActor @Sendable () async -> String?)? = nil,
    step: @escaping @LoopActor @Sendable (SignInStep) -> Void
  ) {
    self.show = show
    self.typed = typed
    self.step = step
  }
}

package import Operations
package import Settings

/// What is known of signing in, by server.
struct AuthState: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case rest
    /// It runs since then; steps come in as they are made.
    case running(since: Int64)
    case done(String)
    case failed(String, hint: String?)
  }

  /// One sign-in as it runs, or as it ended.
  struct Progress: Sendable, Hashable {
    var phase = Phase.rest
    var steps: [String] = []
    var page: SignInPage?
    /// The connection is opened anew with what comes of it.
    var reconnects = false
  }

  var signIns: [SignInFacts] = []
  /// When they were asked for: seconds are counted down from then.
  var askedAt: Int64 = 0
  var failure: String?
  var isHere = false
  var revision = 0
  var progress: [String: Progress] = [:]
  var grids: [String: ScopeGrid] = [:]
  var matrixFailures: [String: String] = [:]
  /// The chosen column of each server's grid of scopes.
  var columns: [String: Int] = [:]

  func signIn(at url: String) -> SignInFacts? {
    let bare = url.split(separator: "#").first.map(String.init) ?? url
    return signIns.first { $0.server == bare || $0.server == bare + "/" || $0.server + "/" == bare }
  }
}

/// What the operator wants of a sign-in. The name is the server's in the list.
package enum AuthWish: Sendable, Hashable {
  case list
  /// For these scopes, separated by spaces; nil leaves them to the server.
  case signIn(String, ServerDefinition, scopes: String?)
  case paste(String)
  case cancel
  case refresh(String, ServerDefinition)
  case revoke(String, ServerDefinition)
  case forget(String, ServerDefinition)
  case scopes(String, ServerDefinition)
}

/// What came of it.
package enum AuthNews: Sendable, Hashable {
  case list([SignInFacts])
  case listFailed(String)
  case step(String, SignInStep)
  case page(String, SignInPage)
  case done(String, String)
  case failed(String, OperationFailure)
  case scopes(String, ScopeMatrix)
  case scopesFailed(String, OperationFailure)
}

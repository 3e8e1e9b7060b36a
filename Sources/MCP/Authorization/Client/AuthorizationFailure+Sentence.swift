/// The one place that puts these failures into words, without full stop.
extension AuthorizationFailure {
  package var sentence: String {
    switch self {
    case .unavailable(let url, let status):
      "\(url) answered \(status), which says nothing about how to sign in"
    case .network(let sentence), .useless(let sentence):
      sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    case .privateAddress(let url, let server):
      "\(server) points to \(url), an address of a private network; it was not asked"
    case .notEncrypted(let url): "\(url) is not https, so no credentials are sent there"
    case .badAddress(let url, let what): "\(what) “\(url)” is no address that can be asked"
    case .tooManyRedirects(let url): "\(url) redirects in a circle or too often"
    case .resourceMismatch(let server, let advertised):
      "the metadata is for “\(advertised)”, which is not “\(server)”"
    case .noServersNamed(let url): "the resource metadata at \(url) names no authorization server"
    case .noServerMetadata(let issuer, let tried):
      "no metadata of the authorization server \(issuer) at \(tried.joined(separator: ", "))"
    case .issuerMismatch(let expected, let found):
      "the metadata of “\(expected)” gives its issuer as “\(found ?? "nothing")”"
    case .issuerHasQuery(let issuer): "the issuer “\(issuer)” has a query or a fragment"
    case .noEndpoint(let name, let issuer): "the authorization server \(issuer) names no \(name)"
    case .endpointElsewhere(let name, let url, let issuer, let why):
      "the authorization server \(issuer) has its \(name) on another host, at \(url), and that cannot be asked: \(why)"
    case .noS256(let issuer):
      "the authorization server \(issuer) does not say that it checks PKCE with S256"
    default: signInSentence
    }
  }

  private var signInSentence: String {
    switch self {
    case .needsRegistration(let issuer, _):
      "\(issuer) registers no clients by itself: a client has to be registered there beforehand"
    case .registrationRefused(let issuer, let status, let error, _):
      "\(issuer) refused to register a client: \(error?.words ?? "HTTP \(status)")"
    case .registrationNeedsToken(let issuer, let status):
      "\(issuer) registers clients only with a token of its own (HTTP \(status))"
    case .registrationUnusable(let issuer, let what):
      "the registration that \(issuer) gave is unusable: \(what)"
    case .issuerChanged(let old, let new):
      "the server's authorization server was \(old) and is \(new) now; the client given is for the old one"
    case .denied(let error):
      Self.denials[error.code] ?? "the authorization server answered \(error.words)"
    case .pageRefused(let status, let words):
      "the authorization server refuses the sign-in on its page (HTTP \(status)): \(words)"
    case .stateMismatch: "the answer in the browser belongs to another sign-in"
    case .issMissing(let expected):
      "the answer in the browser does not say that it comes from \(expected), which promised to say so"
    case .issMismatch(let expected, let found):
      "the answer in the browser comes from “\(found)” and not from “\(expected)”"
    case .noCode: "the answer in the browser holds no code"
    case .noAnswer: "nobody signed in within the time limit"
    case .interrupted: "the sign-in was interrupted"
    case .noWay(let why): why
    case .cannotListen(let why): "cannot wait for the browser's answer: \(why)"
    default: tokenSentence
    }
  }

  private var tokenSentence: String {
    switch self {
    case .tokenRefused(let step, let status, let error):
      "the authorization server refused \(step.rawValue): \(error.words) (HTTP \(status))"
    case .tokenUnusable(let step, let status, let what):
      "the answer to \(step.rawValue) is unusable (HTTP \(status)): \(what)"
    case .noRefreshToken: "the token came without a refresh token, so it cannot be renewed"
    case .noWord(let why): "the sign-in cannot be renewed: \(why)"
    case .noProofAlgorithm(let issuer, let offered):
      "\(issuer) takes proofs signed by \(offered.joined(separator: ", ")) only, and this program signs by ES256"
    case .noKey(let why): "the private key cannot be used: \(why)"
    case .headerRefused(let status, let shape):
      "the server refused the Authorization header that was given (HTTP \(status)): \(shape)"
    case .headerLacksScope(let scopes):
      "the credentials in the header lack \(scopes.map { "the scope “\($0.text)”" } ?? "a scope")"
    case .stillRefused(let status, let error):
      "the server refuses a token that has not expired: \(error?.words ?? "HTTP \(status)")"
    case .forbidden(let status, let words):
      "the server forbids this to whoever is signed in (HTTP \(status)\(words.map { ": \($0)" } ?? ""))"
    case .scopeStillShort(let needed, let granted):
      "the server asks for the scopes “\(needed.text)”, granted are “\(granted.text)”"
    case .signInNeeded: "the server asks to sign in"
    case .store(let why): why
    case .keyring(let why): "the sign-in is kept encrypted, and its key cannot be had: \(why)"
    case .noCrypto(let why): why
    default: ""
    }
  }

  private static let denials: [String: String] = [
    "access_denied": "access was denied in the browser",
    "login_required": "the authorization server wants its user to log in first",
    "consent_required": "the authorization server wants consent that was not given",
    "temporarily_unavailable": "the authorization server is not available for the moment",
    "server_error": "the authorization server failed",
  ]
}

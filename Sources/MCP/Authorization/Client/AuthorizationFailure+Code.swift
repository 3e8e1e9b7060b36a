/// A name for scripts, one a failure.
extension AuthorizationFailure {
  package var code: String {
    switch self {
    case .unavailable: "metadata-unavailable"
    case .network: "network"
    case .useless: "answer-useless"
    case .privateAddress: "private-address"
    case .notEncrypted: "not-encrypted"
    case .badAddress: "bad-address"
    case .tooManyRedirects: "redirect-loop"
    case .resourceMismatch: "resource-mismatch"
    case .noServersNamed: "no-authorization-server"
    case .noServerMetadata: "no-server-metadata"
    case .issuerMismatch: "issuer-mismatch"
    case .issuerHasQuery: "issuer-malformed"
    case .noEndpoint: "endpoint-missing"
    case .endpointElsewhere: "endpoint-elsewhere"
    case .noS256: "pkce-missing"
    case .needsRegistration: "registration-needed"
    case .registrationRefused: "registration-refused"
    case .registrationNeedsToken: "registration-token-needed"
    case .registrationUnusable: "registration-unusable"
    case .issuerChanged: "issuer-changed"
    case .denied(let error): error.code
    default: laterCode
    }
  }

  private var laterCode: String {
    switch self {
    case .stateMismatch: "state-mismatch"
    case .issMissing: "iss-missing"
    case .issMismatch: "iss-mismatch"
    case .noCode: "code-missing"
    case .noAnswer: "no-answer"
    case .interrupted: "interrupted"
    case .noWay: "no-way-to-ask"
    case .cannotListen: "cannot-listen"
    case .tokenRefused(_, _, let error): error.code
    case .tokenUnusable: "token-unusable"
    case .noRefreshToken: "no-refresh-token"
    case .noKey: "key-unusable"
    case .noWord: "assertion-missing"
    case .noProofAlgorithm: "dpop-algorithm"
    case .headerRefused: "header-refused"
    case .headerLacksScope: "scope-needed"
    case .stillRefused: "token-refused-by-server"
    case .forbidden: "forbidden"
    case .scopeStillShort: "scope-short"
    case .signInNeeded: "sign-in-needed"
    case .pageRefused: "page-refused"
    case .keyring: "keyring"
    case .store: "store"
    case .noCrypto: "no-crypto"
    default: "authorization"
    }
  }
}

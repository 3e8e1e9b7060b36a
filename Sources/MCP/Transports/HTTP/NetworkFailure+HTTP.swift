import HTTP

extension NetworkFailure {
  /// The client's error in the words of this layer.
  init(_ error: HTTPError) {
    self.init(
      layer: error.failure.networkLayer, url: "\(error.url)", cause: error.cause,
      isNoHTTP: error.failure == .notHTTP || error.failure == .lostBeforeResponse,
      code: error.failure.code)
  }
}

extension HTTPFailure {
  fileprivate var networkLayer: NetworkFailure.Layer {
    switch self {
    case .notHTTP, .headTooLarge, .undecodable, .bodyTooLarge, .lostInResponse: .answer
    case .badRequest, .tls(.badFile): .setting
    case .libraryMissing, .cancelled, .other, .lostBeforeResponse: .request
    case .nameNotFound, .proxyNameNotFound: .nameLookup
    case .refused, .unreachable, .connectFailed, .privateAddress: .connect
    case .proxyRefused: .proxy
    case .tls: .tls
    case .connectTimeout, .idleTimeout, .totalTimeout: .timeLimit
    }
  }

  fileprivate var code: String {
    switch self {
    case .libraryMissing: "library-missing"
    case .badRequest: "request-bad"
    case .nameNotFound: "dns-not-found"
    case .proxyNameNotFound: "proxy-dns"
    case .refused: "tcp-refused"
    case .unreachable: "tcp-unreachable"
    case .connectFailed, .privateAddress: "tcp-failed"
    case .connectTimeout: "tcp-timeout"
    case .proxyRefused: "proxy-refused"
    case .tls(let reason): reason.code
    case .lostBeforeResponse: "http-lost"
    case .lostInResponse: "http-cut"
    case .notHTTP: "http-not-http"
    case .headTooLarge: "http-head-too-large"
    case .undecodable: "http-undecodable"
    case .bodyTooLarge: "http-too-large"
    case .idleTimeout, .totalTimeout: "http-idle"
    case .cancelled: "cancelled"
    case .other: "http-failed"
    }
  }
}

extension TLSFailure {
  fileprivate var code: String {
    switch self {
    case .selfSigned: "tls-self-signed"
    case .unknownIssuer: "tls-unknown-issuer"
    case .expired: "tls-expired"
    case .notYetValid: "tls-not-yet-valid"
    case .wrongName: "tls-wrong-name"
    case .untrusted: "tls-untrusted"
    case .badFile: "tls-bad-file"
    case .clientCertificateRefused: "tls-client-certificate"
    case .handshake: "tls-handshake"
    case .silent: "tls-silent"
    }
  }
}

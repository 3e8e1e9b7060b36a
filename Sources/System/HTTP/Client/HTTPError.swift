package import HTTPCore

/// Why an exchange failed: what happened, to whom, and the words of the library and the system.
package struct HTTPError: Error, Sendable, Hashable {
  package let failure: HTTPFailure
  package let url: WebURL
  /// The proxy in between; then it is the proxy that is connected to.
  package let proxy: ProxyChoice?
  /// What libcurl said.
  package let detail: String
  /// The errno of the last failed connection, or 0.
  package let systemCode: Int32
  package let facts: HTTPFacts

  package init(
    _ failure: HTTPFailure, url: WebURL, proxy: ProxyChoice? = nil, detail: String = "",
    systemCode: Int32 = 0, facts: HTTPFacts = HTTPFacts()
  ) {
    self.failure = failure
    self.url = url
    self.proxy = proxy
    self.detail = detail
    self.systemCode = systemCode
    self.facts = facts
  }
}

/// The ways an exchange can fail.
package enum HTTPFailure: Sendable, Hashable {
  /// libcurl is not there; the loader's words.
  case libraryMissing(String)
  /// The request cannot be sent as it is.
  case badRequest(String)
  case nameNotFound
  case proxyNameNotFound
  case refused
  case unreachable
  case connectFailed
  case connectTimeout
  case privateAddress(String)
  case proxyRefused
  case tls(TLSFailure)
  /// The connection ended before an answer began; a request that was sent may have been carried out.
  case lostBeforeResponse
  case lostInResponse
  /// What came back is not HTTP, or breaks its rules.
  case notHTTP
  case headTooLarge
  case undecodable
  case bodyTooLarge(limit: Int)
  case idleTimeout(Duration)
  case totalTimeout(Duration)
  case cancelled
  case other(code: Int)
}

/// Why a TLS connection was not made.
package enum TLSFailure: Sendable, Hashable {
  case selfSigned
  case unknownIssuer
  case expired
  case notYetValid
  case wrongName
  case untrusted
  /// The file named as authorities, certificate or key is missing or unusable.
  case badFile
  case clientCertificateRefused
  case handshake
  /// It took the connection and was silent.
  case silent
}

/// Where in the stack a failure sits.
package enum HTTPLayer: String, Sendable, Hashable, CaseIterable {
  case local, dns, tcp, proxy, tls, http, time
}

extension HTTPFailure {
  package var layer: HTTPLayer {
    switch self {
    case .libraryMissing, .badRequest, .cancelled, .other: .local
    case .nameNotFound, .proxyNameNotFound: .dns
    case .refused, .unreachable, .connectFailed, .privateAddress: .tcp
    case .proxyRefused: .proxy
    case .tls: .tls
    case .lostBeforeResponse, .lostInResponse: .tcp
    case .notHTTP, .headTooLarge, .undecodable, .bodyTooLarge: .http
    case .connectTimeout, .idleTimeout, .totalTimeout: .time
    }
  }

  /// Nothing of the request can have reached the server.
  package var wasNeverSent: Bool {
    switch layer {
    case .local, .http: false
    case .dns, .proxy, .tls: true
    case .tcp: self != .lostBeforeResponse && self != .lostInResponse
    case .time: self == .connectTimeout
    }
  }
}

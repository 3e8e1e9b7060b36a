import HTTPCore

extension HTTPError {
  /// One sentence that names the URL, what happened, and the words of the library where they add something.
  package var sentence: String { "\(url) failed: \(cause)." }

  /// What happened, as a clause without full stop.
  package var cause: String {
    let words = detail.isEmpty || !failure.quotesDetail ? "" : " (\(detail))"
    return failure.clause(peer: peer, host: url.bareHost ?? "") + words
  }

  /// Whom the connection goes to.
  package var peer: String {
    if let proxy { return "the proxy \(proxy) (\(proxy.source))" }
    return (url.host ?? "") + ":" + String(url.effectivePort ?? 0)
  }
}

extension HTTPFailure {
  /// The failures whose clause alone does not say enough.
  fileprivate var quotesDetail: Bool {
    switch self {
    case .unreachable, .connectFailed, .proxyRefused, .tls, .notHTTP, .undecodable, .other,
      .lostBeforeResponse, .lostInResponse:
      true
    default: false
    }
  }

  fileprivate func clause(peer: String, host: String) -> String {
    switch self {
    case .libraryMissing(let words): "libcurl could not be loaded: \(words)"
    case .badRequest(let reason): "the request cannot be sent: \(reason)"
    case .nameNotFound: "the host name “\(host)” was not found"
    case .proxyNameNotFound: "the host name of \(peer) was not found"
    case .refused: "\(peer) refused the connection: nothing listens there"
    case .unreachable: "\(peer) cannot be reached"
    case .connectFailed: "no connection to \(peer)"
    case .connectTimeout: "no connection to \(peer) within the time limit"
    case .privateAddress(let address):
      "the name leads to \(address), an address of a private network, which is not allowed here"
    case .proxyRefused: "\(peer) did not let the request through"
    case .tls(let reason): reason.clause(peer: peer)
    case .lostBeforeResponse:
      "\(peer) closed the connection before it answered; whether the request was carried out is unknown"
    case .lostInResponse: "\(peer) closed the connection in the middle of its answer"
    case .notHTTP: "the answer of \(peer) is not proper HTTP"
    case .headTooLarge: "the header of the answer of \(peer) is too large"
    case .undecodable: "the answer could not be decompressed"
    case .bodyTooLarge(let limit): "the answer is larger than \(limit) bytes"
    case .idleTimeout(let limit): "\(peer) sent nothing for \(limit.shown)"
    case .totalTimeout(let limit): "it was not done within \(limit.shown)"
    case .cancelled: "it was cancelled"
    case .other(let code): "libcurl's code \(code)"
    }
  }
}

extension TLSFailure {
  fileprivate func clause(peer: String) -> String {
    switch self {
    case .selfSigned: "the certificate of \(peer) is self-signed"
    case .unknownIssuer: "the certificate of \(peer) comes from an unknown authority"
    case .expired: "a certificate of \(peer) has expired"
    case .notYetValid: "a certificate of \(peer) is not valid yet; is the clock right?"
    case .wrongName: "the certificate of \(peer) is for another name"
    case .untrusted: "the certificate of \(peer) is not trusted"
    case .badFile: "a certificate or key file cannot be used"
    case .clientCertificateRefused: "\(peer) wants another client certificate"
    case .handshake: "no TLS connection to \(peer); is it plain http?"
    case .silent:
      "\(peer) took the connection and said nothing to a TLS greeting; is it plain http?"
    }
  }
}

extension Duration {
  /// `30 s` or `250 ms`.
  fileprivate var shown: String {
    let whole = components.seconds
    let thousandths = components.attoseconds / 1_000_000_000_000_000
    if thousandths == 0 { return "\(whole) s" }
    return whole == 0 ? "\(thousandths) ms" : "\(whole * 1000 + thousandths) ms"
  }
}

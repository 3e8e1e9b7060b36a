import HTTPCore

extension HTTPError {
  /// One sentence that names what happened, where, and the system's own words.
  package var sentence: String {
    let words = detail.isEmpty || !failure.quotesDetail ? "" : " (\(detail))"
    let clause = failure.clause(peer: peer, url: "\(url)", host: url.bareHost ?? "")
    return clause.prefix(1).uppercased() + clause.dropFirst() + words + "."
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

  fileprivate func clause(peer: String, url: String, host: String) -> String {
    switch self {
    case .libraryMissing(let words): "libcurl could not be loaded: \(words)"
    case .badRequest(let reason): "The request to \(url) cannot be sent: \(reason)"
    case .nameNotFound: "The host name “\(host)” of \(url) was not found"
    case .proxyNameNotFound: "The host name of \(peer) was not found"
    case .refused: "\(peer) refused the connection for \(url): nothing listens there"
    case .unreachable: "\(peer) cannot be reached for \(url)"
    case .connectFailed: "No connection to \(peer) for \(url)"
    case .connectTimeout: "No connection to \(peer) for \(url) within the time limit"
    case .privateAddress(let address):
      "\(url) leads to \(address), an address of a private network, which is not allowed here"
    case .proxyRefused: "\(peer) did not let the request to \(url) through"
    case .tls(let reason): reason.clause(peer: peer, url: url)
    case .lostBeforeResponse:
      "\(peer) closed the connection before it answered \(url); whether the request was carried out is unknown"
    case .lostInResponse: "\(peer) closed the connection in the middle of its answer for \(url)"
    case .notHTTP: "The answer of \(peer) for \(url) is not proper HTTP"
    case .headTooLarge: "The header of the answer of \(peer) for \(url) is too large"
    case .undecodable: "The answer of \(url) could not be decompressed"
    case .bodyTooLarge(let limit): "The answer of \(url) is larger than \(limit) bytes"
    case .idleTimeout(let limit): "\(peer) sent nothing for \(limit.shown) on \(url)"
    case .totalTimeout(let limit): "\(url) was not done within \(limit.shown)"
    case .cancelled: "The request to \(url) was cancelled"
    case .other(let code): "The request to \(url) failed with libcurl's code \(code)"
    }
  }
}

extension TLSFailure {
  fileprivate func clause(peer: String, url: String) -> String {
    switch self {
    case .selfSigned: "The certificate of \(peer) for \(url) is self-signed"
    case .unknownIssuer: "The certificate of \(peer) for \(url) comes from an unknown authority"
    case .expired: "A certificate of \(peer) for \(url) has expired"
    case .notYetValid: "A certificate of \(peer) for \(url) is not valid yet; is the clock right?"
    case .wrongName: "The certificate of \(peer) for \(url) is for another name"
    case .untrusted: "The certificate of \(peer) for \(url) is not trusted"
    case .badFile: "A certificate or key file named for \(url) cannot be used"
    case .clientCertificateRefused: "\(peer) wants another client certificate for \(url)"
    case .handshake: "No TLS connection to \(peer) for \(url); is it plain http?"
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

import CCurl
import Glibc
import HTTPCore

extension CurlHandle {
  /// What a result code means, with what else the handle knows.
  func failure(_ code: CURLcode, answered: Bool) -> HTTPFailure {
    let words = detail(of: code)
    if isProxyRefusal { return .proxyRefused }
    if code == CURLE_OK { return answered ? .lostInResponse : .notHTTP }
    if let failure = Self.rows.first(where: { $0.code == code.rawValue })?.failure {
      return failure
    }
    return switch code {
    case CURLE_OPERATION_TIMEDOUT: isConnected ? .tls(.silent) : .connectTimeout
    case CURLE_COULDNT_CONNECT: connectFailure
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
      // A kept connection has no connect time, and still something answered on it.
      duration(CURLINFO_CONNECT_TIME_T) == nil && !Self.isAboutAnswer(words)
        ? .badRequest(words) : .notHTTP
    case CURLE_PEER_FAILED_VERIFICATION: .tls(verification(words))
    case CURLE_SSL_CONNECT_ERROR where Self.wantsCertificate(words): .tls(.clientCertificateRefused)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM:
      lost(words, answered: answered)
    default: .other(code: Int(code.rawValue))
    }
  }

  /// The codes that mean one thing only.
  private static let rows: [(code: UInt32, failure: HTTPFailure)] = [
    (CURLE_COULDNT_RESOLVE_HOST.rawValue, .nameNotFound),
    (CURLE_COULDNT_RESOLVE_PROXY.rawValue, .proxyNameNotFound),
    (CURLE_WEIRD_SERVER_REPLY.rawValue, .notHTTP),
    (CURLE_HTTP2.rawValue, .notHTTP),
    // What libcurl says of a header line beyond its limit of 100 kB.
    (CURLE_OUT_OF_MEMORY.rawValue, .headTooLarge),
    (CURLE_PARTIAL_FILE.rawValue, .lostInResponse),
    (CURLE_BAD_CONTENT_ENCODING.rawValue, .undecodable),
    (CURLE_PROXY.rawValue, .proxyRefused),
    (CURLE_SSL_CONNECT_ERROR.rawValue, .tls(.handshake)),
    (CURLE_SSL_CERTPROBLEM.rawValue, .tls(.badFile)),
    (CURLE_SSL_CACERT_BADFILE.rawValue, .tls(.badFile)),
  ]

  private var isProxyRefusal: Bool {
    let status = number(CURLINFO_HTTP_CONNECTCODE)
    return status != 0 && !(200..<300).contains(status)
  }

  /// The peer took the connection, and what comes after that was waited for.
  private var isConnected: Bool {
    text(CURLINFO_PRIMARY_IP) != nil && duration(CURLINFO_APPCONNECT_TIME_T) == nil
  }

  private var connectFailure: HTTPFailure {
    switch Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)) {
    case ECONNREFUSED: .refused
    case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EHOSTDOWN, ENETDOWN: .unreachable
    case ETIMEDOUT: .connectTimeout
    default: .connectFailed
    }
  }

  /// OpenSSL's verification codes, and libcurl's own look at the name.
  private func verification(_ words: String) -> TLSFailure {
    // libcurl looks at the name itself, before it has asked for the chain's result.
    if words.contains("subject name") { return .wrongName }
    return switch number(CURLINFO_SSL_VERIFYRESULT) {
    case 10: .expired
    case 9: .notYetValid
    case 18: .selfSigned
    case 2, 19, 20, 21: .unknownIssuer
    case 62, 64: .wrongName
    default: .untrusted
    }
  }

  private func lost(_ words: String, answered: Bool) -> HTTPFailure {
    if Self.wantsCertificate(words) { return .tls(.clientCertificateRefused) }
    if words.contains("Too large") { return .headTooLarge }
    let breaksRules = ["chunk", "Illegal", "Header without", "Invalid", "hexadecimal"]
    if breaksRules.contains(where: words.contains) { return .notHTTP }
    return answered ? .lostInResponse : .lostBeforeResponse
  }

  /// What something that is no HTTP answered with, and not what we asked for.
  private static func isAboutAnswer(_ words: String) -> Bool {
    words.contains("HTTP/0.9") || words.contains("response")
  }

  private static func wantsCertificate(_ words: String) -> Bool {
    words.contains("certificate required") || words.contains("alert bad certificate")
      || words.contains("alert unknown ca") || words.contains("alert certificate")
  }
}

extension HTTPFailure {
  /// The chain the server shows helps to understand.
  var concernsCertificates: Bool {
    switch self {
    case .tls(.badFile), .tls(.clientCertificateRefused), .tls(.handshake), .tls(.silent): false
    case .tls: true
    default: false
    }
  }
}

extension HTTPError {
  func with(_ facts: HTTPFacts) -> HTTPError {
    HTTPError(
      failure, url: url, proxy: proxy, detail: detail, systemCode: systemCode, facts: facts)
  }
}

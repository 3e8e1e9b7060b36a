import HTTP

extension NetworkFailure {
  /// The client's error in the words of this layer.
  init(_ error: HTTPError) {
    self.init(layer: error.failure.networkLayer, url: "\(error.url)", cause: error.cause)
  }
}

extension HTTPFailure {
  fileprivate var networkLayer: NetworkFailure.Layer {
    switch self {
    case .notHTTP, .headTooLarge, .undecodable, .bodyTooLarge, .lostInResponse: .answer
    case .libraryMissing, .badRequest, .cancelled, .other, .lostBeforeResponse: .request
    case .nameNotFound, .proxyNameNotFound: .nameLookup
    case .refused, .unreachable, .connectFailed, .privateAddress: .connect
    case .proxyRefused: .proxy
    case .tls: .tls
    case .connectTimeout, .idleTimeout, .totalTimeout: .timeLimit
    }
  }
}

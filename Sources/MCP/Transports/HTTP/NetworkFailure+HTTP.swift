import HTTP

extension NetworkFailure {
  /// The client's error in the words of this layer.
  init(_ error: HTTPError) {
    self.init(
      layer: error.failure.networkLayer, url: "\(error.url)", cause: error.cause,
      isNoHTTP: error.failure == .notHTTP || error.failure == .lostBeforeResponse)
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
}

/// What the crypto library could not do.
package enum CryptoError: Error, Sendable, Hashable {
  case noLibrary(String)
  case noRandomness
  case failed(String)
}

extension CryptoError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noLibrary(let reason): "\(reason): install OpenSSL 3 (Debian's package libssl3)"
    case .noRandomness: "the system gives no random numbers"
    case .failed(let operation): "the crypto library failed at \(operation)"
    }
  }
}

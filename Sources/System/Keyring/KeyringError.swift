/// Why the keyring is of no use.
package enum KeyringError: Error, Sendable, Hashable {
  /// There is no message bus, or it does not take us.
  case noBus
  /// Nothing on the bus answers for secrets.
  case noService
  case noAnswer
  case locked
  case garbled
  /// The name of the error that came.
  case refused(String)

  package var sentence: String {
    switch self {
    case .noBus: "there is no session bus to ask for a Secret Service"
    case .noService: "no Secret Service answers"
    case .noAnswer: "the Secret Service does not answer in time"
    case .locked: "the keyring of the Secret Service is locked"
    case .garbled: "the Secret Service's answer cannot be read"
    case .refused(let name): "the Secret Service answers with \(name)"
    }
  }
}

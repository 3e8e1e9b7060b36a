import Crypto

/// An event in the form in which it is kept: its arguments masked, and as the one text that its hash covers. It is handed
/// on and not copied.
final class PreparedEvent: Sendable {
  /// Without its arguments.
  let event: AuditEvent
  let arguments: [UInt8]

  init(_ event: consuming AuditEvent, _ crypto: CryptoLibrary) {
    arguments = AuditEncoding.arguments(event.arguments, crypto)
    event.arguments = nil
    self.event = event
  }

  init(_ event: AuditEvent, arguments: [UInt8]) {
    self.event = event
    self.arguments = arguments
  }
}

import AuthorizationServer
package import Faults
import MockCatalogs

/// What can go wrong at the door of a served system and on the way back, over HTTP.
package enum DoorFault {
  package static let expiredKey = FaultRow(
    "expired-key", at: .access, "Every credential is refused as expired")
  package static let revokedKey = FaultRow(
    "revoked-key", at: .access, "Every credential is refused as revoked")
  package static let wrongScope = FaultRow(
    "wrong-scope", at: .access, "Calls are refused because a scope is missing")
  package static let rateLimit = FaultRow(
    "rate-limit", at: .access, "Calls are refused because there were too many")
  package static let droppedStream = FaultRow(
    "dropped-stream", at: .transport, "Answers to calls break off in the middle")
  package static let malformedJSON = FaultRow(
    "malformed-json", at: .transport, "Answers are JSON that ends too early")
  package static let wrongType = FaultRow(
    "wrong-content-type", at: .transport, "Answers are web pages in place of JSON")
  package static let sessionLost = FaultRow(
    "session-lost", at: .transport, "The session is gone with the next call; a new one works")

  package static let all = [
    expiredKey, revokedKey, wrongScope, rateLimit, droppedStream, malformedJSON, wrongType,
    sessionLost,
  ]
}

extension FaultRow {
  /// All that can be switched of the REST APIs.
  package static let ofBackend = BackendFault.all
  /// All that can be switched of a served system.
  package static let ofServing = DoorFault.all + BackendFault.all + AuthorizationFault.all
}

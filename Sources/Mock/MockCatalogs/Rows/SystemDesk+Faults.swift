import EventLoop
package import Faults
import MockBackend

/// What can go wrong behind the tools of every system.
package enum BackendFault {
  package static let down = FaultRow(
    "backend-down", at: .backend, "tools answer that the backend refuses connections")
  package static let slow = FaultRow("slow", at: .backend, "tools take five seconds")
  package static let hang = FaultRow("hang", at: .backend, "tools never answer")
  package static let invalidToken = FaultRow(
    "invalid-token", at: .backend, "the backend does not know the token")
  package static let tokenExpired = FaultRow(
    "token-expired", at: .backend, "the backend's token expired or was revoked")
  package static let missingScopes = FaultRow(
    "missing-scopes", at: .backend, "the backend's token lacks scopes")

  package static let all = [down, slow, hang, invalidToken, tokenExpired, missingScopes]

  static let sentences: [(row: FaultRow, error: WorldError)] = [
    (
      down,
      WorldError(
        .unavailable, "connection refused: the API is not running; start the API server first")
    ),
    (
      invalidToken,
      WorldError(
        .unauthorized, "invalid API token: regenerate the key and check how it begins")
    ),
    (
      tokenExpired,
      WorldError(
        .unauthorized, "unauthorized (401): the token expired or was revoked; create a new API key")
    ),
    (
      missingScopes,
      WorldError(
        .forbidden,
        "forbidden (403): the token lacks required scopes; recreate the key with read and write")
    ),
  ]
}

extension SystemDesk {
  /// Throws, or takes its time, where a fault is switched on.
  func meetFaults() async throws(WorldError) {
    guard let faults, !faults.active.isEmpty else { return }
    if let found = BackendFault.sentences.first(where: { faults.has($0.row) }) {
      throw found.error
    }
    let delay: Duration? =
      faults.has(BackendFault.hang)
      ? .seconds(86_400) : faults.has(BackendFault.slow) ? .seconds(5) : nil
    guard let delay else { return }
    do { try await clock.sleep(for: delay) } catch {
      throw WorldError(.unavailable, "the call was cancelled")
    }
  }
}

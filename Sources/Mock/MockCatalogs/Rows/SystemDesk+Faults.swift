import EventLoop
package import Faults
import MockBackend

/// What can go wrong behind the tools of every system.
package enum BackendFault {
  package static let down = FaultRow(
    "backend-down", at: .backend, "Tools answer that the backend refuses connections")
  package static let slow = FaultRow("slow", at: .backend, "Tools take five seconds")
  package static let hang = FaultRow("hang", at: .backend, "Tools never answer")
  package static let invalidToken = FaultRow(
    "invalid-token", at: .backend, "The backend does not know the token")
  package static let tokenExpired = FaultRow(
    "token-expired", at: .backend, "The backend's token expired or was revoked")
  package static let missingScopes = FaultRow(
    "missing-scopes", at: .backend, "The backend's token lacks scopes")
  package static let roleDenied = FaultRow(
    "role-denied", at: .backend, "Writing is denied by role, whatever the scopes")
  package static let flagOff = FaultRow(
    "flag-off", at: .backend, "The feature flags of the system are off")
  package static let noTools = FaultRow("no-tools", at: .backend, "No tool is listed")
  package static let stale = FaultRow(
    "stale-binary", at: .backend, "Tools are listed, and calls fail as in an outdated server")

  package static let all = [
    down, slow, hang, invalidToken, tokenExpired, missingScopes, roleDenied, flagOff, noTools,
    stale,
  ]

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
    (
      stale,
      WorldError(
        .unavailable,
        "the API does not know this call: the server's binary is outdated; rebuild it and restart the assistant"
      )
    ),
  ]

  static let roleSentence = WorldError.forbidden(
    "your role may view this but not change it; the approved scope does not change that, ask your admin"
  )
}

extension SystemDesk {
  /// Throws, or takes its time, where a fault is switched on.
  func meetFaults(_ row: ToolRow) async throws(WorldError) {
    guard let faults else { return }
    if let found = BackendFault.sentences.first(where: { faults.has($0.row) }) {
      throw found.error
    }
    if row.effect.isMutating, faults.has(BackendFault.roleDenied) {
      throw BackendFault.roleSentence
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

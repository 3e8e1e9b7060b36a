package import HTTPCore

/// What negotiation has settled, as far as a transport must act on it. Built from the feature table, so that no
/// transport knows a revision; a byte stream ignores it.
package struct TransportProfile: Sendable, Hashable {
  /// On every HTTP request from now on, those of its own (GET, DELETE) included.
  package var headers: HTTPFields
  /// Repeats the session id that the answer to an opening frame assigned, and ends the session with DELETE.
  package var keepsSession: Bool
  /// Leaves the session to the server instead of ending it.
  package var leavesSession = false
  /// Keeps a GET stream open for what the peer sends unasked.
  package var opensPushStream: Bool
  /// Takes a broken answer stream up again from its last event id.
  package var resumesStreams: Bool

  package init(
    headers: HTTPFields = HTTPFields(), keepsSession: Bool = false, opensPushStream: Bool = false,
    resumesStreams: Bool = false
  ) {
    self.headers = headers
    self.keepsSession = keepsSession
    self.opensPushStream = opensPushStream
    self.resumesStreams = resumesStreams
  }

  /// Before anything is settled, and for revisions in which every request stands alone.
  package static let stateless = TransportProfile()
}

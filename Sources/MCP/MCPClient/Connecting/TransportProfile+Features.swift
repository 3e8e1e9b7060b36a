import HTTPCore
import MCPEras
import Transports

extension TransportProfile {
  /// What a transport needs to know of a revision. Where each request carries its own headers, none stand.
  init(_ codec: any EraCodec, pushStream: Bool) {
    let features = codec.features
    let standing = features.has(.headerMirroring) ? [] : codec.standingHeaders
    self.init(
      headers: HTTPFields(standing.map { HTTPField($0.name, $0.value) }),
      keepsSession: features.has(.sessionHeader),
      opensPushStream: pushStream && features.has(.pushStream),
      resumesStreams: features.has(.resumption))
    // The Python SDK 1.8 answers 2024-11-05 behind one URL, and a DELETE brings its whole server down.
    leavesSession = features.has(.sessionHeader) && !features.has(.sessionEnding)
  }
}

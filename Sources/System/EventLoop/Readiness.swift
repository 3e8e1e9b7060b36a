import CLinux

/// What a descriptor is ready for. `hangUp` and `failed` are told to every watch, whatever it asked for:
/// its next read or write says which it is.
package struct Readiness: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let read = Readiness(rawValue: 1)
  package static let write = Readiness(rawValue: 2)
  package static let hangUp = Readiness(rawValue: 4)
  package static let failed = Readiness(rawValue: 8)

  /// Written out, for a literal of several goes through generic code.
  package static let worthReading = Readiness(rawValue: 1 | 4 | 8)

  init(epoll bits: UInt32) {
    func told(_ bit: Int, _ meaning: Readiness) -> UInt8 {
      bits & UInt32(bit) == 0 ? 0 : meaning.rawValue
    }
    rawValue =
      told(AL_READ, .read) | told(AL_WRITE, .write) | told(AL_HANGUP, .hangUp)
      | told(AL_ERROR, .failed)
  }

  var epoll: UInt32 {
    (contains(.read) ? UInt32(AL_READ) : 0) | (contains(.write) ? UInt32(AL_WRITE) : 0)
  }

}

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

  init(epoll bits: UInt32) {
    let rows: [(bit: Int, ready: Readiness)] = [
      (AL_READ, .read), (AL_WRITE, .write), (AL_HANGUP, .hangUp), (AL_ERROR, .failed),
    ]
    self = rows.reduce(into: []) { if bits & UInt32($1.bit) != 0 { $0.insert($1.ready) } }
  }

  var epoll: UInt32 {
    (contains(.read) ? UInt32(AL_READ) : 0) | (contains(.write) ? UInt32(AL_WRITE) : 0)
  }

}

import Glibc

/// Bytes on their way to a client: small pieces are put together, two pieces go out in one call.
struct Outbox {
  /// What came of an attempt to send.
  enum Progress {
    case all
    /// The client must take some first; whether it took any now.
    case some(moved: Bool)
    case failed
  }

  private var pieces: [[UInt8]] = []
  private var first = 0
  private var offset = 0
  private(set) var count = 0

  private static let joinedBytes = 16_384

  var isEmpty: Bool { count == 0 }

  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    count += bytes.count
    let last = pieces.count - 1
    if last >= first, pieces[last].count + bytes.count <= Self.joinedBytes {
      pieces[last] += bytes
    } else {
      pieces.append(bytes)
    }
  }

  mutating func clear() { self = Outbox() }

  mutating func send(to fd: Int32) -> Progress {
    var moved = false
    while count > 0 {
      let sent = sendSome(fd)
      guard sent > 0 else {
        if sent < 0, errno == EINTR { continue }
        return sent < 0 && errno == EAGAIN ? .some(moved: moved) : .failed
      }
      moved = true
      advance(by: sent)
    }
    return .all
  }

  private func sendSome(_ fd: Int32) -> Int {
    pieces[first].withUnsafeBytes { head in
      let rest = UnsafeRawBufferPointer(rebasing: head[offset...])
      guard first + 1 < pieces.count else {
        return Glibc.send(fd, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      return pieces[first + 1].withUnsafeBytes { next in
        var vectors = (Self.vector(rest), Self.vector(next))
        return withUnsafePointer(to: &vectors) { pair in
          pair.withMemoryRebound(to: iovec.self, capacity: 2) { writev(fd, $0, 2) }
        }
      }
    }
  }

  private static func vector(_ bytes: UnsafeRawBufferPointer) -> iovec {
    iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
  }

  private mutating func advance(by sent: Int) {
    count -= sent
    var left = sent
    while left > 0 {
      let size = pieces[first].count - offset
      guard left >= size else {
        offset += left
        return
      }
      left -= size
      pieces[first] = []
      first += 1
      offset = 0
    }
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: true)
      first = 0
    }
  }
}

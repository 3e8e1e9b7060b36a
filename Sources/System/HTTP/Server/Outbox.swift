import EventLoop

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

  @LoopActor
  mutating func send(to channel: ConnectionChannel) -> Progress {
    var moved = false
    while count > 0 {
      switch sendSome(channel) {
      case .moved(let sent):
        moved = true
        advance(by: sent)
      case .waits, .waitsForWriting: return .some(moved: moved)
      case .ended, .failed: return .failed
      }
    }
    return .all
  }

  @LoopActor
  private func sendSome(_ channel: ConnectionChannel) -> ConnectionChannel.Step {
    pieces[first].withUnsafeBytes { head in
      let rest = UnsafeRawBufferPointer(rebasing: head[offset...])
      guard first + 1 < pieces.count else { return channel.send(rest, nil) }
      return pieces[first + 1].withUnsafeBytes { channel.send(rest, $0) }
    }
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

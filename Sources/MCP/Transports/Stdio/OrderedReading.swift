import EventLoop

/// Makes messages of lines, in their order: a large line is read beside the loop, and those behind it wait for it.
@LoopActor
final class OrderedReading {
  /// Beyond so many bytes behind a large line the loop reads by itself: a server must not fill the memory faster than it is read.
  static let mostWaiting = 32 << 20

  private var framing = StdioFraming()
  private var flood = NoiseFlood()
  /// The line that is being read.
  private var ahead: LineBuffer.Line?
  private var waiting: [LineBuffer.Line] = []
  private var waitingBytes = 0
  /// Tells a reading that is still wanted from one that was overtaken.
  private var number = 0
  private let tell: (StdioFraming.Item) -> Void

  init(_ tell: @escaping (StdioFraming.Item) -> Void) { self.tell = tell }

  /// Something is still to be read before what comes next.
  var isBehind: Bool { ahead != nil }

  /// Takes lines; false where nothing was told of them.
  @discardableResult
  func take(_ lines: [LineBuffer.Line]) -> Bool {
    var items: [StdioFraming.Item] = []
    for line in lines {
      if isBehind {
        waiting.append(line)
        waitingBytes += line.size
      } else if line.size > LargeText.bytes {
        begin(line)
      } else {
        framing.take(line) { flood.add($0, to: &items) }
      }
    }
    for item in items { tell(item) }
    if waitingBytes > Self.mostWaiting { drain() }
    return !items.isEmpty
  }

  /// Reads here and now what is still to be read, and then those lines: nothing is told behind an end.
  func drain(_ lines: [LineBuffer.Line] = []) {
    let all = [ahead].compactMap(\.self) + waiting + lines
    forget()
    var items: [StdioFraming.Item] = []
    for line in all { framing.take(line) { flood.add($0, to: &items) } }
    for item in items { tell(item) }
  }

  /// Leaves what is still to be read.
  func forget() {
    number += 1
    ahead = nil
    waiting = []
    waitingBytes = 0
  }

  /// What was begun and never ended is told as noise.
  func end() {
    var items: [StdioFraming.Item] = []
    framing.flush { items.append($0) }
    for item in items { tell(item) }
  }

  // MARK: - Beside the loop

  private struct Read: Sendable {
    var framing: StdioFraming
    var items: [StdioFraming.Item] = []
  }

  private func begin(_ line: LineBuffer.Line) {
    number += 1
    ahead = line
    let (framing, number) = (framing, number)
    Task { @LoopActor [weak self] in
      let read = await LargeText.read(line.size) {
        var read = Read(framing: framing)
        read.framing.take(line) { read.items.append($0) }
        return read
      }
      self?.take(read, number)
    }
  }

  private func take(_ read: Read, _ number: Int) {
    guard number == self.number else { return }
    let lines = waiting
    forget()
    framing = read.framing
    var items: [StdioFraming.Item] = []
    for item in read.items { flood.add(item, to: &items) }
    for item in items { tell(item) }
    take(lines)
  }
}

extension LineBuffer.Line {
  fileprivate var size: Int {
    switch self {
    case .whole(let bytes): bytes.count
    case .tooLong(let first, _): first.count
    }
  }
}

/// Reads a `text/event-stream` in whatever pieces it arrives.
///
/// Data goes straight into the event it belongs to, so that a huge event costs its own size once.
package struct EventStreamParser: Sendable {
  /// The largest event in bytes; a larger one becomes an issue and is dropped.
  package let maximumEventSize: Int
  /// The last id the stream gave, as a reconnection repeats it.
  package private(set) var lastEventID: String?

  private var phase = Phase.start(matched: 0)
  private var afterCR = false
  private var name: [UInt8] = []
  private var value: [UInt8] = []
  private var event = PendingEvent()
  private var pendingID: String?

  package init(maximumEventSize: Int = 1 << 20, lastEventID: String? = nil) {
    self.maximumEventSize = maximumEventSize
    self.lastEventID = lastEventID
    pendingID = lastEventID
  }

  package mutating func feed(_ bytes: [UInt8]) -> [EventStreamItem] {
    bytes.withUnsafeBufferPointer { feed($0) }
  }

  package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> [EventStreamItem] {
    var items: [EventStreamItem] = []
    var lines = LineEnds(bytes)
    var index = skipMark(bytes)
    while index < bytes.count {
      if afterCR {
        afterCR = false
        if bytes[index] == 0x0A {
          index += 1
          continue
        }
      }
      let end = lines.next(from: index)
      take(UnsafeBufferPointer(rebasing: bytes[index..<end]), &items)
      index = end
      guard end < bytes.count else { break }
      endLine(&items)
      afterCR = bytes[end] == 0x0D
      index += 1
    }
    return items
  }

  /// What an end of the stream leaves behind: an event with data whose blank line never came.
  ///
  /// By the standard it is void; a caller may still look at it.
  package mutating func finish() -> ServerSentEvent? {
    var unseen: [EventStreamItem] = []
    if case .value = phase { endLine(&unseen) }
    defer { event = PendingEvent() }
    guard event.hasData, !event.isTooLarge else { return nil }
    return event.finished(id: pendingID)
  }
}

// MARK: - Lines

extension EventStreamParser {
  private enum Phase {
    /// At the very start, so many bytes of a byte order mark seen.
    case start(matched: Int)
    case name
    /// Behind the colon; one space there is no part of the value.
    case value(spaceAllowed: Bool)
    case ignored
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The index behind a byte order mark; a mark cut short was the start of a field's name.
  private mutating func skipMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard case .start(var matched) = phase else { return 0 }
    var index = 0
    while index < bytes.count, matched < 3, bytes[index] == Self.mark[matched] {
      index += 1
      matched += 1
    }
    guard matched < 3, index == bytes.count else {
      name = matched == 3 ? [] : Array(Self.mark[..<matched])
      phase = .name
      return index
    }
    phase = .start(matched: matched)
    return index
  }

  /// A piece of one line.
  private mutating func take(_ piece: UnsafeBufferPointer<UInt8>, _ items: inout [EventStreamItem])
  {
    guard !piece.isEmpty else { return }
    switch phase {
    case .start, .ignored: return
    case .value(let spaceAllowed):
      let skip = spaceAllowed && piece[0] == 0x20 ? 1 : 0
      phase = .value(spaceAllowed: false)
      append(UnsafeBufferPointer(rebasing: piece[skip...]))
    case .name:
      let colon = piece.firstIndex(of: UInt8(ascii: ":")) ?? piece.count
      name += piece[..<min(colon, max(0, Self.longestName - name.count))]
      guard colon < piece.count else { return }
      startValue(&items)
      take(UnsafeBufferPointer(rebasing: piece[(colon + 1)...]), &items)
    }
  }

  private mutating func startValue(_ items: inout [EventStreamItem]) {
    if name.isEmpty {
      items.append(.comment)
      phase = .ignored
      return
    }
    phase = .value(spaceAllowed: true)
    guard isData else { return }
    event.openLine(limit: maximumEventSize)
  }

  private mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    if isData {
      event.append(piece, limit: maximumEventSize)
    } else if value.count < Self.longestValue {
      value += piece.prefix(Self.longestValue - value.count)
    }
  }

  private var isData: Bool { name.elementsEqual("data".utf8) }

  /// Names and values beyond these can only be wrong.
  private static let longestName = 64
  private static let longestValue = 8192
}

// MARK: - Fields

extension EventStreamParser {
  private mutating func endLine(_ items: inout [EventStreamItem]) {
    defer {
      name.removeAll(keepingCapacity: true)
      value.removeAll(keepingCapacity: true)
      phase = .name
    }
    switch phase {
    case .ignored, .start: return
    case .name where name.isEmpty: dispatch(&items)
    case .name:
      if isData { event.openLine(limit: maximumEventSize) } else { field(&items) }
    case .value: if !isData { field(&items) }
    }
  }

  private mutating func field(_ items: inout [EventStreamItem]) {
    switch String(decoding: name, as: UTF8.self) {
    case "event": event.type = String(decoding: value, as: UTF8.self)
    case "id" where value.contains(0): items.append(.issue(.identifierWithNUL))
    case "id":
      pendingID = String(decoding: value, as: UTF8.self)
      event.hasID = true
    case "retry":
      let text = String(decoding: value, as: UTF8.self)
      guard value.allSatisfy(\.isDigit), let time = Int(text) else {
        items.append(.issue(.badRetry(text)))
        return
      }
      items.append(.retry(milliseconds: time))
    case let other: items.append(.issue(.unknownField(other)))
    }
  }

  private mutating func dispatch(_ items: inout [EventStreamItem]) {
    defer { event = PendingEvent() }
    lastEventID = pendingID
    if event.isTooLarge {
      items.append(.issue(.eventTooLarge(limit: maximumEventSize)))
    } else if event.hasData {
      items.append(.event(event.finished(id: lastEventID)))
    } else if event.hasID, let lastEventID {
      items.append(.identifier(lastEventID))
    }
  }
}

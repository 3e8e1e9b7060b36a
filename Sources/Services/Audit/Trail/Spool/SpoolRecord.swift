import EventLoop

/// One event in a spool: its length, its number, a sum over it, then its parts.
enum SpoolRecord {
  static let headBytes = 24

  /// Writes it at the beginning of `room` and returns its bytes; nil where it does not fit. Its length is written last:
  /// without it there is no record.
  static func write(
    _ prepared: PreparedEvent, _ number: UInt64, to room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard room.count > headBytes else { return nil }
    var writer = Writer(room: room, at: headBytes)
    writer.add(prepared)
    guard !writer.isFull else { return nil }
    let end = (writer.at + 7) & ~7
    room.storeBytes(of: number, toByteOffset: 8, as: UInt64.self)
    room.storeBytes(
      of: sum(UnsafeRawBufferPointer(rebasing: room[headBytes..<writer.at]), number),
      toByteOffset: 16, as: UInt64.self)
    room.storeBytes(of: UInt64(writer.at), as: UInt64.self)
    return end
  }

  /// What stands at the beginning of `room`; nil for anything that is no whole record of that number.
  static func read(
    _ room: UnsafeRawBufferPointer, number expected: UInt64?
  ) -> (event: PreparedEvent, number: UInt64, bytes: Int)? {
    guard room.count > headBytes else { return nil }
    let length = room.load(as: UInt64.self), number = room.load(fromByteOffset: 8, as: UInt64.self)
    guard length > headBytes, length <= room.count, expected.map({ $0 == number }) ?? true else {
      return nil
    }
    let body = UnsafeRawBufferPointer(rebasing: room[headBytes..<Int(length)])
    guard room.load(fromByteOffset: 16, as: UInt64.self) == sum(body, number) else { return nil }
    var reader = Reader(bytes: body)
    guard let event = reader.event() else { return nil }
    return (event, number, (Int(length) + 7) & ~7)
  }

  /// Tells a record from what a torn page left of it, a word at a time.
  private static func sum(_ bytes: UnsafeRawBufferPointer, _ number: UInt64) -> UInt64 {
    var sum = number &+ UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while bytes.count - at >= 8 {
      sum =
        (sum ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        &* 0x100_0000_01B3
      sum ^= sum >> 29
      at += 8
    }
    while at < bytes.count {
      sum = (sum ^ UInt64(bytes[at])) &* 0x100_0000_01B3
      at += 1
    }
    return sum
  }

  private struct Writer {
    let room: UnsafeMutableRawBufferPointer
    var at: Int
    var isFull = false

    mutating func add(_ prepared: PreparedEvent) {
      var event = prepared.event
      add(event.at.microseconds)
      add(event.microseconds)
      add(event.kind.rawValue)
      add(event.outcome.rawValue)
      event.visitTexts { add($0) }
      prepared.arguments.withUnsafeBytes { add($0) }
    }

    private mutating func add(_ number: Int64) {
      guard room.count - at >= 8 else { return isFull = true }
      room.storeBytes(of: number, toByteOffset: at, as: Int64.self)
      at += 8
    }

    private mutating func add(_ text: String) {
      var text = text
      text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
      guard room.count - at >= 4 + bytes.count, !isFull else { return isFull = true }
      room.storeBytes(of: UInt32(bytes.count), toByteOffset: at, as: UInt32.self)
      at += 4
      UnsafeMutableRawBufferPointer(rebasing: room[at...]).copyMemory(from: bytes)
      at += bytes.count
    }
  }

  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var at = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func event() -> PreparedEvent? {
      guard let time = number(), let microseconds = number(), let kind = text(),
        let outcome = text().flatMap(AuditEvent.Outcome.init)
      else { return nil }
      var event = AuditEvent(
        at: WallTime(microseconds: time), kind: AuditEvent.Kind(rawValue: kind), principal: "",
        system: "", tool: "", outcome: outcome)
      event.microseconds = microseconds
      // Where one is missing there are no arguments behind it either.
      event.visitTexts { $0 = text() ?? "" }
      guard let arguments = piece() else { return nil }
      return PreparedEvent(event, arguments: Array(arguments))
    }

    private mutating func number() -> Int64? {
      guard bytes.count - at >= 8 else { return nil }
      defer { at += 8 }
      return bytes.loadUnaligned(fromByteOffset: at, as: Int64.self)
    }

    private mutating func text() -> String? { piece().map { String(decoding: $0, as: UTF8.self) } }

    private mutating func piece() -> Slice<UnsafeRawBufferPointer>? {
      guard bytes.count - at >= 4 else { return nil }
      let count = Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      guard bytes.count - at - 4 >= count else { return nil }
      defer { at += 4 + count }
      return bytes[at + 4..<at + 4 + count]
    }
  }
}

/// Numbers that stand for the keys of an object. Equal keys have equal ones, so that where all differ no key need be read.
struct KeyMarks {
  private var marks: [UInt64] = []

  /// The objects of a tape whose keys may not all differ.
  mutating func suspects(
    _ tape: UnsafeBufferPointer<UInt64>, _ text: UnsafeBufferPointer<UInt8>
  ) -> [Int] {
    var found: [Int] = []
    var index = 0
    while index < tape.count {
      let word = TapeWord(bits: tape[index])
      if word.kind == .object, word.length > 1, mayRepeat(tape, text, at: index) {
        found.append(index)
      }
      index &+= word.isContainer ? 2 : 1
    }
    return found
  }

  private mutating func mayRepeat(
    _ tape: UnsafeBufferPointer<UInt64>, _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Bool {
    marks.removeAll(keepingCapacity: true)
    let end = TapeWord.next(tape[index &+ 1])
    var entry = index &+ 2
    while entry < end {
      let key = TapeWord(bits: tape[entry])
      // What it says is known only once it is decoded.
      if key.needsDecoding { return true }
      marks.append(Self.mark(of: ScalarText.raw(key, in: text)))
      let isContainer = TapeWord(bits: tape[entry &+ 1]).isContainer
      entry = isContainer ? TapeWord.next(tape[entry &+ 2]) : entry &+ 2
    }
    return hasEqual
  }

  private var hasEqual: Bool {
    mutating get {
      guard marks.count <= 16 else {
        marks.sort()
        return zip(marks, marks.dropFirst()).contains { $0 == $1 }
      }
      for (index, mark) in marks.enumerated() {
        for other in marks[..<index] where other == mark { return true }
      }
      return false
    }
  }

  /// Made of the length and of the bytes at both ends, quotes included.
  private static func mark(of raw: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(raw)
    guard bytes.count >= 8 else { return bytes.reduce(0) { $0 &<< 8 | UInt64($1) } }
    let head = bytes.loadUnaligned(as: UInt64.self)
    let tail = bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self)
    return (head ^ (tail &<< 31 | tail &>> 33)) &+ UInt64(truncatingIfNeeded: bytes.count)
  }
}

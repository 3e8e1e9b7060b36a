/// Reads a text once and writes the tape; stops where the tape is full and goes on in a larger one.
struct TapeBuilder {
  let text: UnsafeBufferPointer<UInt8>
  let base: UnsafePointer<UInt8>
  let count: Int
  let options: JSONReadingOptions
  let isRelaxed: Bool

  var at = 0
  var words: UnsafeMutablePointer<UInt64>
  var used = 0
  /// Index of the innermost open container, or -1; its second word keeps its parent's index meanwhile.
  var open = -1
  var isInObject = false
  var elements = 0
  var depth = 0
  var notes = JSONNotes()

  /// `base` is where `text` begins; an empty text may lend any address.
  init(
    text: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>,
    words: UnsafeMutablePointer<UInt64>, options: JSONReadingOptions
  ) {
    self.text = text
    self.base = base
    self.words = words
    self.options = options
    count = text.count
    isRelaxed = options.allowsComments || options.allowsTrailingCommas
    notes.limit = options.findingLimit
    if count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
      notes.add(.byteOrderMark, at: 0)
      at = 3
    }
  }

  /// Goes on in a tape that holds what was written; false means that it does not suffice either.
  mutating func resume(
    in words: UnsafeMutablePointer<UInt64>, capacity: Int
  ) -> Result<Bool, JSONError> {
    self.words = words
    do throws(JSONError) {
      return .success(try run(capacity: capacity))
    } catch {
      return .failure(error)
    }
  }

  private mutating func run(capacity: Int) throws(JSONError) -> Bool {
    while true {
      // One round writes at most a key and the two words of a container.
      guard used &+ 3 <= capacity else { return false }
      if isInObject { try readKey() }
      try skipSpace()
      guard at < count else { throw failure(open < 0 || isInObject ? .value : .valueOrEnd) }
      switch base[at] {
      case Ascii.quote: try readString()
      case Ascii.openBrace, Ascii.openBracket:
        try openContainer()
        try skipSpace()
        guard at < count, base[at] == closer else { continue }
        closeContainer()
      case Ascii.minus, Ascii.zero...Ascii.nine: try readNumber()
      default: try readLiteral()
      }
      elements &+= 1
      if try finishElement() { return true }
    }
  }

  // MARK: - Between values

  private var closer: UInt8 { isInObject ? Ascii.closeBrace : Ascii.closeBracket }

  /// After a value: the next comma, as many closings as stand here, or the end. True at the end.
  @inline(__always)
  private mutating func finishElement() throws(JSONError) -> Bool {
    while open >= 0 {
      try skipSpace()
      guard at < count else { throw failure(isInObject ? .commaOrBrace : .commaOrBracket) }
      let byte = base[at]
      if byte == Ascii.comma {
        at &+= 1
        guard isRelaxed, try isTrailingComma() else { return false }
      } else if byte != closer {
        throw failure(isInObject ? .commaOrBrace : .commaOrBracket)
      }
      closeContainer()
      elements &+= 1
    }
    try skipSpace()
    guard at == count else { throw failure(.nothing) }
    return true
  }

  /// Behind a comma: notes it and stands on the closing bracket if nothing else follows.
  private mutating func isTrailingComma() throws(JSONError) -> Bool {
    let comma = at - 1
    try skipSpace()
    guard options.allowsTrailingCommas, at < count, base[at] == closer else { return false }
    notes.add(.trailingComma, at: comma)
    return true
  }

  private mutating func readKey() throws(JSONError) {
    try skipSpace()
    guard at < count, base[at] == Ascii.quote else {
      throw failure(elements == 0 ? .keyOrEnd : .key)
    }
    try readString()
    try skipSpace()
    guard at < count, base[at] == Ascii.colon else { throw failure(.colon) }
    at &+= 1
  }

  // MARK: - Containers

  private mutating func openContainer() throws(JSONError) {
    guard depth < options.depthLimit else { throw tooDeep() }
    depth &+= 1
    if open >= 0 { words[open] = TapeWord(openKind, offset: openOffset, length: elements).bits }
    isInObject = base[at] == Ascii.openBrace
    words[used] = TapeWord(openKindHere, offset: at, length: 0).bits
    words[used &+ 1] = UInt64(bitPattern: Int64(open))
    open = used
    used &+= 2
    elements = 0
    at &+= 1
  }

  private mutating func closeContainer() {
    at &+= 1
    let parent = Int(Int64(bitPattern: words[open &+ 1]))
    words[open] = TapeWord(openKindHere, offset: openOffset, length: elements).bits
    words[open &+ 1] = TapeWord.end(next: used, offset: at)
    open = parent
    depth &-= 1
    guard parent >= 0 else {
      isInObject = false
      return
    }
    elements = TapeWord(bits: words[parent]).length
    isInObject = openKind == .object
  }

  private var openKindHere: JSONKind { isInObject ? .object : .array }
  private var openKind: JSONKind { TapeWord(bits: words[open]).kind }
  private var openOffset: Int { TapeWord(bits: words[open]).offset }
}

/// Makes the tree of a tape; recursion goes as deep as the reading allowed.
struct TreeBuilder {
  private let text: UnsafeBufferPointer<UInt8>
  private let tape: UnsafeBufferPointer<UInt64>
  private var keys = KeyCache()

  static func tree(of text: UnsafeBufferPointer<UInt8>, tape: [UInt64], at index: Int) -> JSON {
    tape.withUnsafeBufferPointer { Self.tree(of: text, tape: $0, at: index) }
  }

  static func tree(
    of text: UnsafeBufferPointer<UInt8>, tape: UnsafeBufferPointer<UInt64>, at index: Int
  ) -> JSON {
    var builder = TreeBuilder(text: text, tape: tape)
    var index = index
    return builder.value(&index)
  }

  private init(text: UnsafeBufferPointer<UInt8>, tape: UnsafeBufferPointer<UInt64>) {
    self.text = text
    self.tape = tape
  }

  private mutating func value(_ index: inout Int) -> JSON {
    let word = TapeWord(bits: tape[index])
    switch word.kind {
    case .null: index &+= 1; return .null
    case .false: index &+= 1; return .bool(false)
    case .true: index &+= 1; return .bool(true)
    case .number:
      index &+= 1
      return .number(JSONNumber(verified: ScalarText.number(word, in: text)))
    case .string:
      index &+= 1
      return .string(ScalarText.string(word, in: text))
    case .array: return .array(array(word, &index))
    case .object: return .object(object(word, &index))
    }
  }

  private mutating func array(_ word: TapeWord, _ index: inout Int) -> [JSON] {
    let end = TapeWord.next(tape[index &+ 1])
    index &+= 2
    var elements: [JSON] = []
    elements.reserveCapacity(word.length)
    while index < end { elements.append(value(&index)) }
    return elements
  }

  private mutating func object(_ word: TapeWord, _ index: inout Int) -> JSONObject {
    let end = TapeWord.next(tape[index &+ 1])
    index &+= 2
    var members: [JSONObject.Member] = []
    members.reserveCapacity(word.length)
    while index < end { members.append(member(&index)) }
    return JSONObject(members: members)
  }

  private mutating func member(_ index: inout Int) -> JSONObject.Member {
    let key = keys.key(TapeWord(bits: tape[index]), in: text)
    index &+= 1
    return JSONObject.Member(key: key, value: value(&index))
  }
}

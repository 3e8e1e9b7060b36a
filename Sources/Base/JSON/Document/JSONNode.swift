/// A value within a document: a place in its tape, read only where asked.
package struct JSONNode: Sendable {
  package let document: JSONDocument
  /// Where the value's word stands in the tape.
  let index: Int

  init(_ document: JSONDocument, at index: Int) {
    self.document = document
    self.index = index
  }

  var word: TapeWord { TapeWord(bits: document.tape[index]) }

  package var kind: JSONKind { word.kind }

  /// Members of an object or elements of an array; 0 for others.
  package var count: Int {
    let word = word
    guard word.isContainer else { return 0 }
    guard word.length == TapeWord.countLimit else { return word.length }
    return kind == .object ? Array(members).count : Array(elements).count
  }

  // MARK: - Scalars

  package var isNull: Bool { kind == .null }

  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  package var number: JSONNumber? {
    let word = word
    guard word.kind == .number else { return nil }
    return document.withText { JSONNumber(verified: ScalarText.number(word, in: $0)) }
  }

  package var int: Int? { number?.int }

  /// Decoded anew at each call.
  package var string: String? {
    let word = word
    guard word.kind == .string else { return nil }
    return document.withText { ScalarText.string(word, in: $0) }
  }

  /// The value and all below it as a tree of its own.
  package var tree: JSON {
    document.withText { TreeBuilder.tree(of: $0, tape: document.tape, at: index) }
  }

  // MARK: - The text

  /// Where the value's text begins and ends.
  package var range: Range<Int> {
    let word = word
    guard word.isContainer else {
      let raw = document.withText { ScalarText.raw(word, in: $0).count }
      return word.offset..<(word.offset + raw)
    }
    return word.offset..<TapeWord.endOffset(document.tape[index + 1])
  }

  /// Whether a string's value differs from its text between the quotes.
  package var isEscaped: Bool { word.needsDecoding }

  /// The value byte for byte as it was written.
  package var rawBytes: ArraySlice<UInt8> { document.bytes[range] }

  package var position: JSONPosition { document.position(of: word.offset) }

  /// The index behind the value and all below it.
  var next: Int {
    word.isContainer ? TapeWord.next(document.tape[index + 1]) : index + 1
  }
}

// MARK: - Going down

extension JSONNode {
  /// The elements of an array, none for others.
  package var elements: Elements {
    Elements(document: document, index: index + 2, end: kind == .array ? next : 0)
  }

  /// The members of an object in their order, duplicates included; none for others.
  package var members: Members {
    Members(document: document, index: index + 2, end: kind == .object ? next : 0)
  }

  /// The last member of that name. Each look-up walks the members.
  package subscript(key: String) -> JSONNode? {
    var found: JSONNode?
    for member in members where member.has(key) { found = member.value }
    return found
  }

  /// The element at that index. Each look-up walks the elements before it.
  package subscript(position: Int) -> JSONNode? {
    guard position >= 0, position < count else { return nil }
    return elements.dropFirst(position).first { _ in true }
  }

  package subscript(pointer: JSONPointer) -> JSONNode? {
    var node = self
    for token in pointer.tokens {
      let next =
        node.kind == .object
        ? node[token] : JSONPointer.index(token, below: node.count).flatMap { node[$0] }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// Walks the elements of an array.
  package struct Elements: Sequence, IteratorProtocol {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> JSONNode? {
      guard index < end else { return nil }
      let node = JSONNode(document, at: index)
      index = node.next
      return node
    }
  }

  /// Walks the members of an object.
  package struct Members: Sequence, IteratorProtocol {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> Member? {
      guard index < end else { return nil }
      let member = Member(
        keyNode: JSONNode(document, at: index), value: JSONNode(document, at: index + 1))
      index = member.value.next
      return member
    }
  }

  package struct Member: Sendable {
    /// The key as a string value, with its own place.
    package let keyNode: JSONNode
    package let value: JSONNode

    package var key: String { keyNode.string ?? "" }

    /// Compares without making a string where the key has no escapes.
    package func has(_ name: String) -> Bool {
      guard !keyNode.word.needsDecoding else { return key.hasSameScalars(as: name) }
      return keyNode.rawBytes.dropFirst().dropLast().elementsEqual(name.utf8)
    }
  }
}

/// Changes single values of a text and keeps all the rest byte for byte: comments, order, white space.
package struct JSONEdit: Sendable {
  package private(set) var bytes: [UInt8]
  private(set) var document: JSONDocument
  private let options: JSONReadingOptions

  /// A piece of text to stand in place of a range of the old one.
  struct Splice {
    let range: Range<Int>
    let text: String

    init(_ range: Range<Int>, _ text: String) {
      self.range = range
      self.text = text
    }

    init(at offset: Int, _ text: String) { self.init(offset..<offset, text) }
  }

  /// Reads the text, with comments and trailing commas unless told otherwise; a blank one is an empty object.
  package init(
    _ bytes: [UInt8], options: JSONReadingOptions = .relaxed
  ) throws(JSONEditError) {
    let isBlank = bytes.allSatisfy(Ascii.isSpace)
    self.bytes = isBlank ? Array("{}\n".utf8) : bytes
    self.options = options
    document = try Self.read(self.bytes, options)
  }

  /// Puts a value at a pointer; missing parents become objects, `-` appends to an array.
  package mutating func set(
    _ value: JSON, at pointer: JSONPointer
  ) throws(JSONEditError) {
    let wanted = try document.tree.placing(value, at: pointer)
    var node = document.root
    for (level, token) in pointer.tokens.enumerated() {
      guard let next = node.entry(token) else {
        let inner = try JSON.object([:]).placing(
          value, at: JSONPointer(Array(pointer.tokens[(level + 1)...])))
        return try apply(insertion(of: inner, named: token, in: node), wanted, pointer)
      }
      node = next
    }
    guard node.tree != value else { return }
    try apply([replacement(of: node, with: value)], wanted, pointer)
  }

  /// Takes away the member or element at a pointer; false where there is none.
  package mutating func remove(at pointer: JSONPointer) throws(JSONEditError) -> Bool {
    guard let token = pointer.tokens.last, let parent = pointer.parent else { return false }
    guard let container = document.root[parent], container.entry(token) != nil else { return false }
    let wanted = document.tree.removing(at: pointer)
    var edit = self
    // A key that stands there twice goes away with each of its members.
    while let rest = edit.document.root[parent], let index = rest.lastEntry(token) {
      let edited = try Self.read(edit.spliced(edit.removal(of: index, in: rest)), options)
      guard edited.bytes.count < edit.bytes.count else { throw JSONEditError.notSafe(pointer) }
      (edit.bytes, edit.document) = (edited.bytes, edited)
      if rest.kind == .array { break }
    }
    guard edit.document.tree == wanted else { throw JSONEditError.notSafe(pointer) }
    self = edit
    return true
  }

  // MARK: - Applying

  private mutating func apply(
    _ splices: [Splice], _ wanted: JSON, _ pointer: JSONPointer
  ) throws(JSONEditError) {
    let edited = try Self.read(spliced(splices), options)
    guard edited.tree == wanted else { throw JSONEditError.notSafe(pointer) }
    (bytes, document) = (edited.bytes, edited)
  }

  /// Splices are in order and do not overlap.
  private func spliced(_ splices: [Splice]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for splice in splices {
      result += bytes[offset..<splice.range.lowerBound]
      result += splice.text.utf8
      offset = splice.range.upperBound
    }
    return result + bytes[offset...]
  }

  private static func read(
    _ bytes: [UInt8], _ options: JSONReadingOptions
  ) throws(JSONEditError) -> JSONDocument {
    do throws(JSONError) {
      return try JSONDocument(bytes, options: options)
    } catch {
      throw JSONEditError.unreadable(error)
    }
  }
}

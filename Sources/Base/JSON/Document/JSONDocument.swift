/// A text and the flat list of its values: walked without copying, read as a tree only where asked.
package final class JSONDocument: Sendable {
  /// The text exactly as it came.
  package let bytes: [UInt8]
  let tape: [UInt64]
  let notes: JSONNotes

  /// Reads a whole text; anything but one value and white space is an error.
  package init(_ bytes: [UInt8], options: JSONReadingOptions = .strict) throws(JSONError) {
    var reading = TapeReading(options: options)
    let outcome = bytes.withUnsafeBufferPointer { text in reading.read(text) }
    if let error = outcome { throw error }
    self.bytes = bytes
    tape = reading.tape
    notes = reading.notes
  }

  package convenience init(
    _ text: String, options: JSONReadingOptions = .strict
  ) throws(JSONError) {
    try self.init(Array(text.utf8), options: options)
  }

  package var root: JSONNode { JSONNode(self, at: 0) }

  /// The value as a tree of its own.
  package var tree: JSON { root.tree }

  package func position(of offset: Int) -> JSONPosition {
    withText { text in
      var lines = LineCounter(text)
      return lines.position(of: offset)
    }
  }

  /// The innermost value whose text an offset lies in; in a member, key included, that member's value.
  package func pointer(at offset: Int) -> JSONPointer {
    var finder = PointerFinder(self)
    return finder.pointer(at: offset)
  }

  func withText<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    bytes.withUnsafeBufferPointer(body)
  }
}

/// A text and the flat list of its values: walked without copying, read as a tree only where asked.
package struct JSONDocument: Sendable {
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

  package init(_ text: String, options: JSONReadingOptions = .strict) throws(JSONError) {
    try self.init(Array(text.utf8), options: options)
  }

  /// The value as a tree of its own.
  package var tree: JSON {
    bytes.withUnsafeBufferPointer { text in TreeBuilder.tree(of: text, tape: tape, at: 0) }
  }
}

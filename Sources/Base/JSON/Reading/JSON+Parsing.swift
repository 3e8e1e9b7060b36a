/// A value, and what was odd about its text.
package struct JSONReading: Sendable {
  package let value: JSON
  package let findings: [JSONFinding]
}

extension JSON {
  /// The value of a text that is RFC 8259; what is merely odd passes in silence, `read` tells it.
  package static func parse(_ text: String) throws(JSONError) -> JSON {
    var text = text
    let outcome = text.withUTF8 { bytes in parse(buffer: bytes, options: .strict) }
    return try outcome.get()
  }

  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    let outcome = bytes.withUnsafeBufferPointer { parse(buffer: $0, options: .strict) }
    return try outcome.get()
  }

  private static func parse(
    buffer: UnsafeBufferPointer<UInt8>, options: JSONReadingOptions
  ) -> Result<JSON, JSONError> {
    if buffer.count <= Self.smallText, let base = buffer.baseAddress {
      return parse(small: buffer, base, options)
    }
    var reading = TapeReading(options: options)
    if let error = reading.read(buffer) { return .failure(error) }
    return .success(TreeBuilder.tree(of: buffer, tape: reading.tape, at: 0))
  }

  private static let smallText = 2_048

  /// Of a text that is so short that its tape finds room on the stack: no value takes more words than it has bytes.
  private static func parse(
    small text: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>,
    _ options: JSONReadingOptions
  ) -> Result<JSON, JSONError> {
    if let error = TapeReading.refusal(of: text, options) { return .failure(error) }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: text.count + 16) { tape in
      guard let words = tape.baseAddress else { return .success(.null) }
      var builder = TapeBuilder(text: text, base: base, words: words, options: options)
      return builder.resume(in: words, capacity: tape.count).map { _ in
        TreeBuilder.tree(of: text, tape: UnsafeBufferPointer(tape), at: 0)
      }
    }
  }

  /// The value and everything odd about its text: duplicates, broken characters, comments.
  package static func read(
    _ bytes: [UInt8], options: JSONReadingOptions = .strict
  ) throws(JSONError) -> JSONReading {
    let document = try JSONDocument(bytes, options: options)
    return JSONReading(value: document.tree, findings: document.findings)
  }
}

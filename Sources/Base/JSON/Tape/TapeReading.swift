/// Runs the tape builder over a text, giving it a larger tape whenever one is full.
struct TapeReading {
  let options: JSONReadingOptions
  private(set) var tape: [UInt64] = []
  private(set) var notes = JSONNotes()

  /// Words of the first tape of a long text: enough to foretell the whole, too few to cost anything.
  private static let sample = 16_384

  init(options: JSONReadingOptions) { self.options = options }

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> JSONError? {
    if let error = Self.refusal(of: text, options) { return error }
    let empty: [UInt8] = [0]
    return empty.withUnsafeBufferPointer { fallback -> JSONError? in
      guard let base = text.baseAddress ?? fallback.baseAddress else { return nil }
      return read(text, base)
    }
  }

  private mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>
  ) -> JSONError? {
    var builder: TapeBuilder?
    var capacity = min(text.count / 8, Self.sample) + 16
    while true {
      var outcome: Result<Bool, JSONError> = .success(true)
      let written = tape
      tape = Array(unsafeUninitializedCapacity: capacity) { buffer, count in
        guard let words = buffer.baseAddress else { return }
        _ = buffer.initialize(fromContentsOf: written)
        var next =
          builder ?? TapeBuilder(text: text, base: base, words: words, options: options)
        outcome = next.resume(in: words, capacity: buffer.count)
        count = next.used
        builder = next
      }
      switch outcome {
      case .failure(let error): return error
      case .success(true):
        notes = builder?.notes ?? notes
        return nil
      case .success(false):
        capacity = larger(than: capacity, after: builder?.at ?? 0, of: text.count)
      }
    }
  }

  /// What the part that was read foretells for the whole, a little more, and never less than half as much again.
  private func larger(than capacity: Int, after offset: Int, of count: Int) -> Int {
    let foretold = Int(Double(capacity) * Double(count) / Double(max(offset, 1)) * 1.05)
    return max(capacity + capacity / 2, min(foretold, 2 * count)) + 16
  }

  /// Why a text is not even looked at.
  static func refusal(
    of text: UnsafeBufferPointer<UInt8>, _ options: JSONReadingOptions
  ) -> JSONError? {
    let start = JSONPosition(offset: 0, line: 1, column: 1)
    let limit = min(options.byteLimit, Int(UInt32.max) - 1)
    if text.count > limit {
      return JSONError(problem: .tooLarge(limit: limit), position: start, open: [])
    }
    guard let name = otherEncoding(text) else { return nil }
    return JSONError(problem: .otherEncoding(name), position: start, open: [])
  }

  /// Two- and four-byte encodings show by their mark, or by where the first NUL bytes are.
  private static func otherEncoding(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    // Two plain bytes in front, as nearly every text has them, are enough to know.
    if text.count > 1, text[0] > 0, text[0] < 0xFE, text[1] > 0 { return nil }
    let head = Array(text.prefix(4))
    switch head {
    case [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]: return "UTF-32"
    case _ where head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]): return "UTF-16"
    default: break
    }
    switch head.map({ $0 == 0 }) {
    case [false, true, true, true], [true, true, true, false]: return "UTF-32"
    case [false, true, false, true], [true, false, true, false]: return "UTF-16"
    default: return nil
    }
  }
}

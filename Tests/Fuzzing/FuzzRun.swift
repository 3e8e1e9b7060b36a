/// An input that a subject objects to, as small as it could be made.
package struct FuzzFinding: Sendable, CustomStringConvertible {
  package let bytes: [UInt8]
  package let objection: String

  package init(bytes: [UInt8], objection: String) {
    self.bytes = bytes
    self.objection = objection
  }

  package var description: String {
    "\(objection)\n  input: \(String(decoding: bytes, as: UTF8.self).debugDescription)\n  bytes: \(bytes)"
  }
}

/// A bounded search for inputs that a subject objects to: the same seed makes the same search.
package struct FuzzRun {
  private let subject: FuzzSubject
  private let corpus: [[UInt8]]
  private var mutator: Mutator

  package init(_ subject: FuzzSubject, corpus: [[UInt8]], seed: UInt64) {
    self.subject = subject
    self.corpus = corpus
    mutator = Mutator(words: subject.words, seed: seed)
  }

  /// The first finding among the inputs of the corpus and so many of the mutator's.
  package mutating func first(of count: Int, told: ([UInt8]) -> Void = { _ in }) -> FuzzFinding? {
    for bytes in corpus {
      told(bytes)
      if subject.objection(bytes) != nil { return shrunk(bytes) }
    }
    for _ in 0..<count {
      let bytes = mutator.input(from: corpus)
      told(bytes)
      if subject.objection(bytes) != nil { return shrunk(bytes) }
    }
    return nil
  }

  /// Drops ever smaller pieces for as long as the subject still objects.
  func shrunk(_ bytes: [UInt8]) -> FuzzFinding {
    var smallest = bytes
    var size = max(1, bytes.count / 2)
    while size > 0 {
      var start = 0
      while start < smallest.count {
        var shorter = smallest
        shorter.removeSubrange(start..<min(start + size, smallest.count))
        if subject.objection(shorter) != nil { smallest = shorter } else { start += size }
      }
      size /= 2
    }
    return FuzzFinding(bytes: smallest, objection: subject.objection(smallest) ?? "")
  }
}

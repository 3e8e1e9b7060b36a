extension JSONDocument {
  /// Everything odd about the text in the order it stands there, duplicate keys included.
  package var findings: [JSONFinding] {
    var notes = notes
    DuplicateKeys(self).note(in: &notes)
    let sorted = notes.kept.sorted { $0.offset < $1.offset }
    return bytes.withUnsafeBufferPointer { text in
      var lines = LineCounter(text)
      return sorted.map { JSONFinding(kind: $0.kind, position: lines.position(of: $0.offset)) }
    }
  }
}

/// Looks through the objects of a tape for keys that stand there twice.
struct DuplicateKeys {
  private let document: JSONDocument

  init(_ document: JSONDocument) { self.document = document }

  func note(in notes: inout JSONNotes) {
    let tape = document.tape
    var index = 0
    while index < tape.count {
      let word = TapeWord(bits: tape[index])
      if word.kind == .object { noteMembers(of: index, in: &notes) }
      index += word.isContainer ? 2 : 1
    }
  }

  private func noteMembers(of object: Int, in notes: inout JSONNotes) {
    let tape = document.tape
    let end = TapeWord.next(tape[object + 1])
    var seen: Set<[UInt8]> = []
    var index = object + 2
    document.bytes.withUnsafeBufferPointer { text in
      while index < end {
        let word = TapeWord(bits: tape[index])
        let key = ScalarText.string(word, in: text)
        if !seen.insert(Array(key.utf8)).inserted { notes.add(.duplicateKey(key), at: word.offset) }
        let value = TapeWord(bits: tape[index + 1])
        index = value.isContainer ? TapeWord.next(tape[index + 2]) : index + 2
      }
    }
  }
}

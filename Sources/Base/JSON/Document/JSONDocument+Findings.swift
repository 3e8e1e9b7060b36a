extension JSONDocument {
  /// Everything odd about the text in the order it stands there, duplicate keys included.
  package var findings: [JSONFinding] {
    var notes = notes
    noteDuplicateKeys(in: &notes)
    var sorted = notes.kept.sorted { $0.offset < $1.offset }
    if notes.total > sorted.count {
      sorted.append((.furtherFindings(notes.total - sorted.count), sorted.last?.offset ?? 0))
    }
    var finder = PointerFinder(self)
    return withText { text in
      var lines = LineCounter(text)
      return sorted.map { note in
        JSONFinding(
          kind: note.kind, position: lines.position(of: note.offset),
          pointer: finder.pointer(at: note.offset))
      }
    }
  }

  private func noteDuplicateKeys(in notes: inout JSONNotes) {
    var marks = KeyMarks()
    for index in tape.withUnsafeBufferPointer({ tape in
      withText { text in marks.suspects(tape, text) }
    }) {
      noteDuplicateKeys(of: JSONNode(self, at: index), in: &notes)
    }
  }

  private func noteDuplicateKeys(of object: JSONNode, in notes: inout JSONNotes) {
    var seen: Set<JSONKey> = []
    for member in object.members {
      let key = member.key
      guard !seen.insert(JSONKey(key)).inserted else { continue }
      notes.add(.duplicateKey(key), at: member.keyNode.word.offset)
    }
  }
}

import JSON
import Testing

@Suite struct JSONFuzzTests {
  @Test func `random values survive every way of writing`() throws {
    var random = RandomJSON(seed: 1)
    for _ in 0..<300 {
      let value = random.value()
      for text in [value.compact, value.pretty, value.pretty(indent: "\t"), random.text(of: value)]
      {
        let document = try JSONDocument(text, options: .relaxed)
        #expect(document.tree == value && document.tree.compactBytes == value.compactBytes)
        #expect(document.tree.hashValue == value.hashValue)
      }
      let canonical = value.canonical
      #expect(try JSON.parse(canonical) == value)
      #expect(try JSON.parse(canonical).canonicalBytes == value.canonicalBytes)
    }
  }

  @Test func `random values are equal to themselves alone`() {
    var random = RandomJSON(seed: 2)
    for _ in 0..<400 {
      let (a, b) = (random.value(depth: 2), random.value(depth: 2))
      #expect(a.diff(to: a).isEmpty && (a == b) == (b == a))
      #expect((a == b) == (a.canonicalBytes == b.canonicalBytes))
      #expect((a == b) == a.diff(to: b).isEmpty)
      let (x, y) = (random.number(), random.number())
      #expect([x < y, x == y, y < x].filter { $0 }.count == 1, "\(x.text) \(y.text)")
    }
  }

  @Test func `a text cut at any byte ends in a sentence`() throws {
    let text = """
      {"a": [1, -2.5e+10, true, false, null, "x\\n\\u00e9\\ud83d\\ude00é😀"], // c
       /* d */ "b": {"": {}, "c": []},}
      """
    let bytes = Array(text.utf8)
    _ = try JSONDocument(bytes, options: .relaxed)
    for count in bytes.indices {
      let error = #expect(throws: JSONError.self) {
        try JSONDocument(Array(bytes[..<count]), options: .relaxed)
      }
      let isCut = if case .expected(_, .end) = error?.problem { true } else { false }
      #expect(isCut && error?.offset == count, "\(count): \(error?.description ?? "")")
      #expect(count == 0 || error?.open.isEmpty == false)
    }
  }

  @Test func `changed bytes give a value or a sentence, never a trap`() {
    var random = RandomJSON(seed: 3)
    for _ in 0..<150 {
      var bytes = Array(random.text(of: random.value()).utf8)
      for _ in 0..<10 where !bytes.isEmpty {
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
        do throws(JSONError) {
          let reading = try JSON.read(bytes, options: .relaxed)
          #expect(!reading.value.compact.isEmpty || reading.findings.isEmpty)
        } catch {
          #expect(error.offset <= bytes.count && !error.description.isEmpty)
        }
      }
    }
  }

  @Test func `a document gives every value the bytes and the place it has`() throws {
    var random = RandomJSON(seed: 4)
    for _ in 0..<100 {
      let document = try JSONDocument(random.text(of: random.value()), options: .relaxed)
      try check(document.root, at: JSONPointer(), in: document)
    }
  }

  private func check(_ node: JSONNode, at pointer: JSONPointer, in document: JSONDocument) throws {
    let again = try JSONDocument(Array(node.rawBytes), options: .relaxed)
    #expect(again.tree.compactBytes == node.tree.compactBytes)
    #expect(document.pointer(at: node.range.lowerBound) == pointer)
    for (index, element) in node.elements.enumerated() {
      try check(element, at: pointer.appending(index), in: document)
    }
    for member in node.members {
      try check(member.value, at: pointer.appending(member.key), in: document)
    }
  }

  @Test func `random edits give the wanted value`() throws {
    var random = RandomJSON(seed: 5)
    for _ in 0..<300 {
      let value = random.value()
      var edit = try JSONEdit(Array(random.text(of: value).utf8))
      let pointer = randomPointer(in: value, &random)
      let isRemoval = random.below(2) == 0
      var wanted = value.removing(at: pointer)
      if isRemoval {
        let isGone = try edit.remove(at: pointer)
        #expect(isGone == (value[pointer] != nil && !pointer.isRoot))
      } else {
        let new = random.value(depth: 2)
        wanted = try value.placing(new, at: pointer)
        try edit.set(new, at: pointer)
      }
      #expect(try JSON.read(edit.bytes, options: .relaxed).value == wanted)
    }
  }

  /// One that leads to a value, or to a new place in a container.
  private func randomPointer(in value: JSON, _ random: inout RandomJSON) -> JSONPointer {
    var (pointer, value) = (JSONPointer(), value)
    while random.below(4) > 0 {
      switch value {
      case .object(let object):
        guard random.below(4) > 0, let member = object.members.randomElement(&random) else {
          return pointer.appending("new").appending("/~")
        }
        (pointer, value) = (pointer.appending(member.key), object[member.key] ?? .null)
      case .array(let elements):
        guard random.below(4) > 0, !elements.isEmpty else { return pointer.appending("-") }
        let index = random.below(elements.count)
        (pointer, value) = (pointer.appending(index), elements[index])
      default: return pointer
      }
    }
    return pointer
  }
}

extension Array {
  fileprivate func randomElement(_ random: inout RandomJSON) -> Element? {
    isEmpty ? nil : self[random.below(count)]
  }
}

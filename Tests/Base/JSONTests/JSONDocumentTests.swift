import JSON
import Testing

@Suite struct JSONDocumentTests {
  private let text = #"""
    { "tools" : [ {"name":"a", "n": 1.50} , true, null,
      "x\u0041é" ], "e":{}, "e":{ "k" : [ ] } , "big":12345678901234567890}
    """#

  @Test func `values are walked in place and give their own bytes`() throws {
    let root = try JSONDocument(text).root
    #expect(root.kind == .object && root.count == 4)
    #expect(root.members.map(\.key) == ["tools", "e", "e", "big"])
    let tools = try #require(root["tools"])
    #expect(tools.count == 4)
    #expect(tools.elements.map(\.kind) == [.object, .true, .null, .string])
    #expect(tools[0]?["n"]?.number?.text == "1.50")
    #expect(tools[1]?.bool == true)
    #expect(tools[2]?.isNull == true)
    #expect(tools[3]?.string == "xAé")
    #expect(tools[4] == nil && tools[-1] == nil && root["none"] == nil && tools["a"] == nil)
    let raw = { (node: JSONNode?) in node.map { String(decoding: $0.rawBytes, as: UTF8.self) } }
    #expect(raw(tools[0]) == #"{"name":"a", "n": 1.50}"#)
    #expect(raw(tools[3]) == #""x\u0041é""#)
    #expect(raw(root["e"]) == #"{ "k" : [ ] }"#)
    #expect(raw(root["big"]) == "12345678901234567890")
    #expect(raw(root) == text)
    #expect(root.tree == (try JSON.parse(text)))
    #expect(tools[0]?.tree == ["name": "a", "n": 1.5])
  }

  @Test func `every value knows its line and column`() throws {
    let root = try JSONDocument(text).root
    #expect(root["tools"]?[0]?["n"]?.position == JSONPosition(offset: 32, line: 1, column: 33))
    #expect(root["tools"]?[3]?.position == JSONPosition(offset: 54, line: 2, column: 3))
    #expect(root["e"]?.position.column == 29)
  }

  @Test func `an offset finds the value it lies in`() throws {
    let document = try JSONDocument(text)
    let rows: [(String, String)] = [
      ("{ \"to", ""), ("tools", "/tools"), ("[ {", "/tools"), ("name", "/tools/0/name"),
      ("1.5", "/tools/0/n"), ("ll", "/tools/2"), ("\\u0", "/tools/3"), ("[ ]", "/e/k"),
      ("890", "/big"), ("tools\" :", "/tools"),
    ]
    for (piece, pointer) in rows {
      let found = try #require(text.utf8.firstRange(of: piece.utf8))
      let offset = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
      #expect(document.pointer(at: offset).description == pointer, "\(piece)")
    }
    #expect(document.pointer(at: -1) == JSONPointer())
    #expect(document.pointer(at: 9_999) == JSONPointer())
  }

  @Test func `pointers lead to the same values in tree and document`() throws {
    let document = try JSONDocument(text)
    let rows: [(String, String?)] = [
      ("", document.tree.compact), ("/tools/0/name", "\"a\""), ("/tools/1", "true"),
      ("/tools/-", nil), ("/tools/01", nil), ("/tools/4", nil), ("/e/k", "[]"), ("/e/k/0", nil),
      ("/big", "12345678901234567890"), ("/big/0", nil), ("/tools/name", nil), ("/", nil),
    ]
    for (pointer, value) in rows {
      let pointer = try JSONPointer(parsing: pointer)
      #expect(document.tree[pointer]?.compact == value, "\(pointer)")
      #expect(document.root[pointer]?.tree.compact == value, "\(pointer)")
    }
  }

  @Test func `escaped keys are found by what they mean`() throws {
    let root = try JSONDocument(#"{"a\/b":1,"m~n":2,"":{"":3},"0":4,"é":5}"#).root
    let rows = [
      ("/a~1b", 1), ("/m~0n", 2), ("//", 3), ("/0", 4), ("/é", 5), ("/e\u{301}", nil),
    ]
    for (pointer, value) in rows {
      #expect(root[try JSONPointer(parsing: pointer)]?.int == value, "\(pointer)")
    }
  }
}

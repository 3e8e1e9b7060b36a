import JSON
import Testing

@Suite struct JSONPointerTests {
  @Test func `pointers are read and written back`() throws {
    let rows: [(String, [String])] = [
      ("", []), ("/", [""]), ("//", ["", ""]), ("/a/0", ["a", "0"]), ("/a~1b", ["a/b"]),
      ("/m~0n", ["m~n"]), ("/~01", ["~1"]), ("/ ", [" "]), ("/c%d", ["c%d"]), ("/é/😀", ["é", "😀"]),
    ]
    for (text, tokens) in rows {
      let pointer = try JSONPointer(parsing: text)
      #expect(pointer == JSONPointer(tokens))
      #expect(pointer.description == text)
    }
    #expect(JSONPointer().appending("a").appending(0).description == "/a/0")
    #expect(JSONPointer(["a", "b"]).parent == JSONPointer(["a"]))
    #expect(JSONPointer().parent == nil)
  }

  @Test func `what is no pointer is refused with a reason`() {
    let rows = [
      ("a", "a JSON Pointer is empty or begins with '/'"),
      ("/a~", "at offset 2: only '~0' and '~1' are escapes in a JSON Pointer"),
      ("/é/~2", "at offset 4: only '~0' and '~1' are escapes in a JSON Pointer"),
    ]
    for (text, sentence) in rows {
      let error = #expect(throws: JSONPointerError.self) { try JSONPointer(parsing: text) }
      #expect(error?.description == sentence)
    }
  }
}

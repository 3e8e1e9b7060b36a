import JSON
import Testing

@Suite struct JSONEditTests {
  private func edited(_ text: String, _ change: (inout JSONEdit) throws -> Void) -> String {
    do {
      var edit = try JSONEdit(Array(text.utf8))
      try change(&edit)
      return String(decoding: edit.bytes, as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }

  private func check(_ text: String, set pointer: String, _ value: JSON, gives: String) throws {
    let pointer = try JSONPointer(parsing: pointer)
    let result = edited(text) { try $0.set(value, at: pointer) }
    #expect(result == gives)
  }

  private func check(_ text: String, removes pointer: String, gives: String) throws {
    let pointer = try JSONPointer(parsing: pointer)
    let result = edited(text) { edit in
      let isGone = try edit.remove(at: pointer)
      #expect(isGone)
    }
    #expect(result == gives)
  }

  @Test func `an empty file gets its members in lines`() throws {
    let expected = """
      {
        "mcpServers": {
          "a": {
            "command": "x"
          }
        }
      }

      """
    for text in ["", " \n", "{}\n", "{\n}\n"] {
      try check(text, set: "/mcpServers/a", ["command": "x"], gives: expected)
    }
  }

  @Test func `new members stand as the others do`() throws {
    try check(
      "{\n\t\"a\": 1 // one\n}\n", set: "/b", [1],
      gives: "{\n\t\"a\": 1, // one\n\t\"b\": [\n\t\t1\n\t]\n}\n")
    try check(
      "{\r\n    \"a\" : {\r\n    }\r\n}", set: "/a/b", ["c": 1],
      gives:
        "{\r\n    \"a\" : {\r\n        \"b\": {\r\n            \"c\": 1\r\n        }\r\n    }\r\n}")
    try check(
      "{\n  \"a\": 1,\n  // last\n}", set: "/b", 2,
      gives: "{\n  \"a\": 1,\n  // last\n  \"b\": 2,\n}")
    try check(
      "{\n  // nothing yet\n}", set: "/b", 2, gives: "{\n  // nothing yet\n  \"b\": 2\n}")
    try check("{ /* none */ }", set: "/b", 2, gives: "{ /* none */\n  \"b\": 2\n}")
    try check("{\"a\":1}", set: "/b", ["c": [1, 2]], gives: "{\"a\":1,\"b\":{\"c\":[1,2]}}")
    try check("{\"a\": 1, \"b\": 2}", set: "/c", true, gives: "{\"a\": 1, \"b\": 2, \"c\": true}")
    try check("{\"a\":{},\"b\":2}", set: "/a/x", 1, gives: "{\"a\":{\"x\":1},\"b\":2}")
    try check("[1, 2]", set: "/-", 3, gives: "[1, 2, 3]")
    try check("[1,2]", set: "/2", 3, gives: "[1,2,3]")
    try check("[\n  1 // one\n]", set: "/-", 2, gives: "[\n  1, // one\n  2\n]")
    try check("{\"a\": 1 // one\n}", set: "/b", 2, gives: "{\"a\": 1, // one\n\"b\": 2\n}")
  }

  @Test func `a value is replaced in its place and all else kept`() throws {
    let text = "{ // head\n  \"a\" : [ 1,2 ] , /* x */ \"b\":\t{\n    \"c\": 1.50,\n  },\n}\n// end"
    try check(text, set: "/b/c", 2, gives: text.replacing("1.50", with: "2"))
    try check(text, set: "/b/c", 1.5, gives: text)
    try check(text, set: "/a", [3, "x"], gives: text.replacing("[ 1,2 ]", with: "[3, \"x\"]"))
    try check(text, set: "/a/1", .null, gives: text.replacing("1,2", with: "1,null"))
    try check(
      text, set: "/b", ["d": [:]],
      gives: text.replacing("{\n    \"c\": 1.50,\n  }", with: "{\n    \"d\": {}\n  }"))
    try check("1", set: "", ["a": 1], gives: "{\n  \"a\": 1\n}")
    try check("{\"a\":1,\"a\":2}", set: "/a", 3, gives: "{\"a\":1,\"a\":3}")
  }

  @Test func `what cannot be set is refused`() throws {
    try check("{\"a\":1}", set: "/a/b", 1, gives: "/a is a number and cannot hold anything")
    try check("[1]", set: "/5", 1, gives: "the whole value is an array of 1, '5' is no place in it")
    try check("[1]", set: "/x", 1, gives: "the whole value is an array of 1, 'x' is no place in it")
    try check(
      "{", set: "/x", 1,
      gives: "line 1, column 2: expected a key in double quotes or '}', but the text ends here; "
        + "the object begun at line 1, column 1 is still open")
  }

  @Test func `a member goes with its comma and its line`() throws {
    let text = "{\n  // about a\n  \"a\": 1, // a\n  \"b\": [\n    2\n  ],\n  \"c\": 3 // c\n}"
    try check(
      text, removes: "/a",
      gives: "{\n  // about a\n  \"b\": [\n    2\n  ],\n  \"c\": 3 // c\n}")
    try check(text, removes: "/b", gives: "{\n  // about a\n  \"a\": 1, // a\n  \"c\": 3 // c\n}")
    try check(
      text, removes: "/c",
      gives: "{\n  // about a\n  \"a\": 1, // a\n  \"b\": [\n    2\n  ]\n}")
    try check(
      text, removes: "/b/0",
      gives: "{\n  // about a\n  \"a\": 1, // a\n  \"b\": [],\n  \"c\": 3 // c\n}")
    try check(
      "{\n  \"a\": 1, // keep\n  \"b\": 2\n}", removes: "/b",
      gives: "{\n  \"a\": 1 // keep\n}")
    try check("{\n  \"a\": 1,\n  \"b\": 2,\n}", removes: "/b", gives: "{\n  \"a\": 1,\n}")
    try check("{ // c\n  \"a\": 1\n}", removes: "/a", gives: "{ // c\n}")
    try check(
      "{\n  \"a\": 1, /* x\n y */ \"b\": 2\n}", removes: "/a",
      gives: "{\n  /* x\n y */ \"b\": 2\n}")
  }

  @Test func `inline entries go with their comma`() throws {
    try check("{\"a\": 1, \"b\": 2}", removes: "/a", gives: "{\"b\": 2}")
    try check("{ \"a\": 1, \"b\": 2 }", removes: "/b", gives: "{ \"a\": 1 }")
    try check("{\"a\":1}", removes: "/a", gives: "{}")
    try check("{ \"a\": 1, }", removes: "/a", gives: "{}")
    try check("[1, 2, 3]", removes: "/1", gives: "[1, 3]")
    try check("[1, 2,]", removes: "/1", gives: "[1,]")
    try check("[1, 2,\n 3]", removes: "/1", gives: "[1,\n 3]")
    try check("{\"a\":1,\"b\":2,\"a\":3}", removes: "/a", gives: "{\"b\":2}")
  }

  @Test func `nothing to remove changes nothing`() throws {
    for pointer in ["", "/b", "/a/0", "/a/b"] {
      let pointer = try JSONPointer(parsing: pointer)
      let result = edited("{\"a\": 1}") { edit in
        let isGone = try edit.remove(at: pointer)
        #expect(!isGone)
      }
      #expect(result == "{\"a\": 1}")
    }
  }
}

import JSON
import Testing

@Suite struct JSONDiffTests {
  private func check(_ old: String, _ new: String, _ lines: [String]) throws {
    let diff = try JSON.parse(old).diff(to: JSON.parse(new))
    #expect(diff.changes.map(\.description) == lines, "\(old) → \(new)")
    #expect(diff.isComplete)
    #expect(diff.isEmpty == (try JSON.parse(old) == JSON.parse(new)))
  }

  @Test func `scalars and objects are compared by value and key`() throws {
    try check("1", "1.0", [])
    try check("1", "2", ["the whole value changed from 1 to 2"])
    try check("[]", "{}", ["the whole value changed from [] to {}"])
    try check(#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, [])
    try check(
      #"{"a":1,"b":{"c":[],"d":null}}"#, #"{"b":{"d":false,"e":"x"},"f":0}"#,
      [
        "/a removed: 1", "/b/c removed: []", "/b/d changed from null to false",
        "/b/e added: \"x\"", "/f added: 0",
      ])
    try check(#"{"a":1,"a":2}"#, #"{"a":2}"#, [])
    try check("{\"\u{e9}\":1}", "{\"e\u{301}\":1}", ["/\u{e9} removed: 1", "/e\u{301} added: 1"])
    try check(#"{"a/b":1}"#, #"{"a/b":2}"#, ["/a~1b changed from 1 to 2"])
  }

  @Test func `arrays are aligned by what stays equal`() throws {
    try check("[1,2,3]", "[1,2,3]", [])
    try check("[1,2,3]", "[0,1,2,3]", ["/0 added: 0"])
    try check("[1,2,3,4]", "[1,3,4]", ["/1 removed: 2"])
    try check("[1,2,3]", "[1,9,3]", ["/1 changed from 2 to 9"])
    try check(
      "[1,2,3,4,5]", "[2,3,9,5,6]",
      ["/0 removed: 1", "/2 changed from 4 to 9", "/4 added: 6"])
    try check("[]", "[1,[2]]", ["/0 added: 1", "/1 added: [2]"])
    try check("[[1,2],[3]]", "[[1,5],[3]]", ["/0/1 changed from 2 to 5"])
  }

  @Test func `named elements are found again wherever they stand`() throws {
    let old = #"[{"name":"a","v":1},{"name":"b","v":1},{"name":"c","v":1}]"#
    try check(
      old, #"[{"name":"z"},{"name":"a","v":1},{"name":"c","v":2}]"#,
      [
        #"/1 removed: {"name":"b","v":1}"#, "/2/v changed from 1 to 2",
        #"/0 added: {"name":"z"}"#,
      ])
    try check(
      old, #"[{"name":"c","v":1},{"name":"a","v":1},{"name":"b","v":2}]"#,
      ["/2/v changed from 1 to 2", "the whole value reordered"])
    try check(
      #"[{"uri":"x:1"},{"uri":"x:2"}]"#, #"[{"uri":"x:2"}]"#, [#"/0 removed: {"uri":"x:1"}"#])
    try check(#"[{"name":"a"},{"name":"a"}]"#, #"[{"name":"a"}]"#, [#"/1 removed: {"name":"a"}"#])
  }

  @Test func `both places are told`() throws {
    let diff = try JSON.parse("[[0],[1,2]]").diff(to: JSON.parse("[[7],[0],[1,3]]"))
    #expect(diff.changes.map(\.oldPointer.description) == ["", "/1/1"])
    #expect(diff.changes.map(\.newPointer.description) == ["/0", "/2/1"])
    let named = try JSON.parse(#"[{"id":"a"},{"id":"b","v":1}]"#)
      .diff(to: JSON.parse(#"[{"id":"b","v":2}]"#))
    #expect(named.changes.map(\.oldPointer.description) == ["/0", "/1/v"])
    #expect(named.changes.map(\.newPointer.description) == ["", "/0/v"])
  }

  @Test func `cost and length are bounded`() throws {
    let numbers = JSON.array((0..<3_000).map { JSON.number(JSONNumber($0)) })
    let others = JSON.array((0..<3_000).map { JSON.number(JSONNumber($0 * 2 + 1)) })
    let diff = numbers.diff(to: others, limit: 100)
    #expect(diff.changes.count == 100 && !diff.isComplete)
    #expect(numbers.diff(to: others).isComplete)
    let deep = String(repeating: "[", count: 512) + "1" + String(repeating: "]", count: 512)
    let other = deep.replacing("1", with: "2")
    let nested = try JSON.parse(deep).diff(to: JSON.parse(other))
    #expect(nested.changes.first?.pointer.tokens.count == 512)
  }
}

import JSON
import Testing

@Suite struct JSONObjectTests {
  @Test func `order of members does not matter to equality`() {
    let left: JSON = ["a": 1, "b": [true, .null]]
    let right: JSON = ["b": [true, .null], "a": 1]
    #expect(left == right)
  }

  @Test func `the last of duplicate keys is the one that is read`() {
    let object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
    #expect(object["a"] == 3)
    #expect(object.keys == ["a", "b", "a"])
  }
}

import JSON
import Testing

@Suite struct JSONEqualityTests {
  private func check(_ left: String, _ right: String, equal: Bool) throws {
    let (a, b) = (try JSON.parse(left), try JSON.parse(right))
    #expect((a == b) == equal, "\(left) \(right)")
    #expect((b == a) == equal, "\(right) \(left)")
    #expect((a.canonicalBytes == b.canonicalBytes) == equal, "\(a.canonical) \(b.canonical)")
    if equal { #expect(a.hashValue == b.hashValue, "\(left) \(right)") }
  }

  @Test func `equality is that of JSON`() throws {
    try check("[1, 2]", "[1.0, 2e0]", equal: true)
    try check("[1, 2]", "[2, 1]", equal: false)
    try check("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", equal: true)
    try check("{\"a\":1}", "{\"a\":1,\"b\":2}", equal: false)
    try check("{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", equal: false)
    try check("{\"a\":1,\"a\":2}", "{\"a\":2}", equal: true)
    try check("{\"a\":1,\"a\":2}", "{\"a\":3,\"a\":2}", equal: true)
    try check("{\"a\":1,\"a\":2}", "{\"a\":1}", equal: false)
    try check("true", "1", equal: false)
    try check("\"1\"", "1", equal: false)
    try check("null", "false", equal: false)
    try check("\"\\u0041\"", "\"A\"", equal: true)
  }

  @Test func `strings and keys are told apart by code points`() throws {
    try check("\"\\u00e9\"", "\"e\\u0301\"", equal: false)
    try check("{\"\\u00e9\":1}", "{\"e\\u0301\":1}", equal: false)
    let both = try JSON.parse("{\"\\u00e9\":1,\"e\\u0301\":2}")
    #expect(both["\u{e9}"] == 1)
    #expect(both["e\u{301}"] == 2)
    var object = both.object ?? [:]
    object["e\u{301}"] = 3
    #expect(JSON.object(object).compact == "{\"\u{e9}\":1,\"e\u{301}\":3}")
  }

  @Test func `comparing nested objects does not double with every level`() throws {
    let depth = 200
    let open = String(repeating: "{\"a\":", count: depth)
    let close = String(repeating: "}", count: depth)
    try check(open + "1" + close, open + "2" + close, equal: false)
    let wide = String(repeating: "{\"b\":0,\"a\":", count: depth)
    let turned = String(repeating: "{\"a\":", count: depth)
    let tail = String(repeating: ",\"b\":0}", count: depth)
    try check(wide + "1" + close, turned + "2" + tail, equal: false)
    try check(wide + "1" + close, turned + "1" + tail, equal: true)
  }

  @Test func `an object of many members is hashed and compared in time`() throws {
    let members = (0..<4_000).map { "\"k\($0)\":\($0)" }
    let left = "{" + members.joined(separator: ",") + "}"
    let right = "{" + members.reversed().joined(separator: ",") + "}"
    try check(left, right, equal: true)
  }
}

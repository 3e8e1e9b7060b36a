import JSON
import Testing

@Suite struct JSONTextTests {
  @Test func `a value is found as it was written`() {
    func check(_ text: String, _ keys: [String], _ value: String?) {
      let bytes = JSONText(Array(text.utf8), at: keys).bytes
      #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == value, "\(text)")
    }
    check(#" {"a":1} "#, [], #"{"a":1}"#)
    check(
      #"{"id":1,"result":{"b":1.0e+2,"a":"\u00e9\/"}}"#, ["result"], #"{"b":1.0e+2,"a":"\u00e9\/"}"#
    )
    check(
      #"{"result": {"x" : [1, {"result":2}] } , "id":1}"#, ["result"],
      #"{"x" : [1, {"result":2}] }"#)
    check(#"{"result":{"result":{"z":-0}}}"#, ["result", "result"], #"{"z":-0}"#)
    check(#"{"r\u0065sult":true,"x":"}\"]"}"#, ["result"], "true")
    check(#"{"result":1,"result":"last"}"#, ["result"], #""last""#)
    check(#"{"a":"\\","b":"\\\"","result":"\"\\\\\"","c":"\""}"#, ["result"], #""\"\\\\\"""#)
    check("{\"result\":\n12\n}", ["result"], "12")
    check("\u{FEFF}{\"result\":null}", ["result"], "null")
    check(#"{"id":1}"#, ["result"], nil)
    check(#"[{"result":1}]"#, ["result"], nil)
    check(#"{}"#, ["result"], nil)
  }

  @Test func `the elements of an array stand without their brackets`() {
    func check(_ text: String, _ elements: String?) {
      let bytes = JSONText(Array(text.utf8)).member("tools").elements
      #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == elements, "\(text)")
    }
    check(#"{"tools":[ {"a": 1}, 2 ]}"#, #"{"a": 1}, 2"#)
    check(#"{"tools":[ ]}"#, "")
    check(#"{"tools":[]}"#, "")
    check(#"{"tools":{}}"#, nil)
    check(#"{}"#, nil)
  }

  @Test func `a broken text is never left`() {
    for text in ["{", "{\"a", "{\"a\":", "{\"a\":[", "{\"a\":\"\\", "\"", "", "{\"a\":{\"b\":[1,2"]
    {
      for keys in [[], ["a"], ["a", "b"]] { _ = JSONText(Array(text.utf8), at: keys).bytes }
    }
  }
}

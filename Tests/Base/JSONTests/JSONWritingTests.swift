import JSON
import Testing

@Suite struct JSONWritingTests {
  @Test func `pretty puts an entry on a line and leaves empty containers short`() throws {
    let value = try JSON.parse(#"{"a":[1,{"b":null}],"c":{},"d":[]}"#)
    #expect(
      value.pretty == """
        {
          "a": [
            1,
            {
              "b": null
            }
          ],
          "c": {},
          "d": []
        }
        """)
    #expect(value.pretty(indent: "\t").contains("\n\t\t{\n\t\t\t\"b\": null"))
    #expect(value.compactBytes == Array(value.compact.utf8))
  }

  private func check(_ text: String, canonical: String) throws {
    let value = try JSON.parse(text)
    #expect(value.canonical == canonical)
    #expect(try JSON.parse(canonical) == value)
  }

  @Test func `canonical numbers are the shortest and lose nothing`() throws {
    try check("-0.0", canonical: "0")
    try check("1.0", canonical: "1")
    try check("1E+2", canonical: "100")
    try check("0.10", canonical: "0.1")
    try check("-1.50", canonical: "-1.5")
    try check("0.000001", canonical: "0.000001")
    try check("0.0000001", canonical: "1e-7")
    try check("123e-9", canonical: "1.23e-7")
    try check("1e20", canonical: "100000000000000000000")
    try check("1e21", canonical: "1e+21")
    try check("333333333.33333329", canonical: "333333333.33333329")
    try check("12345678901234567890", canonical: "12345678901234567890")
    try check("1e400", canonical: "1e+400")
    try check("1.5e-99999999999999999999", canonical: "1.5e-99999999999999999999")
    try check("0.001e99999999999999999999", canonical: "0.001e+99999999999999999999")
  }

  @Test func `canonical keys are sorted by UTF-16 and the last duplicate stays`() throws {
    try check(#"{"b":1,"a":{"d":2,"c":[3 , 4]}}"#, canonical: #"{"a":{"c":[3,4],"d":2},"b":1}"#)
    try check(#"{"a":1,"a":2}"#, canonical: #"{"a":2}"#)
    try check(
      #"{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"\r":4,"1":5,"\u0080":6,"\u00f6":7}"#,
      canonical:
        "{\"\\r\":4,\"1\":5,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":3,\"😀\":2,\"\u{fb33}\":1}")
    try check(#""\u000f\u001F\n\"\\\/\u20ac""#, canonical: #""\u000f\u001f\n\"\\/€""#)
  }
}

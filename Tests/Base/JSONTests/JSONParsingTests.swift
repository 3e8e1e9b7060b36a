import JSON
import Testing

@Suite struct JSONParsingTests {
  private func check(_ text: String, writes compact: String) {
    #expect(outcome { () throws(JSONError) in try JSON.parse(text) } == compact)
    #expect(outcome { () throws(JSONError) in try JSON.parse(Array(text.utf8)) } == compact)
  }

  private func outcome(_ parse: () throws(JSONError) -> JSON) -> String {
    do throws(JSONError) { return try parse().compact } catch { return error.description }
  }

  @Test func `values come back as they were written`() {
    check("null", writes: "null")
    check(" true\r\n", writes: "true")
    check("\tfalse", writes: "false")
    check("0", writes: "0")
    check("-0.10E+5", writes: "-0.10E+5")
    check("1e400", writes: "1e400")
    check("12345678901234567890", writes: "12345678901234567890")
    check("\"\"", writes: "\"\"")
    check("[]", writes: "[]")
    check("[ ]", writes: "[]")
    check("{ }", writes: "{}")
    check("[[],{}, [ 1 ,2]]", writes: "[[],{},[1,2]]")
    check("{\"b\" : 1, \"a\":{\"c\":[true]}}", writes: "{\"b\":1,\"a\":{\"c\":[true]}}")
    check("{\"a\":1,\"a\":2}", writes: "{\"a\":1,\"a\":2}")
  }

  @Test func `escapes are read and only the needed ones written`() {
    check(#""\"\\\/\b\f\n\r\t""#, writes: #""\"\\/\b\f\n\r\t""#)
    check(#""\u00e9\u20AC\ud83d\ude00""#, writes: "\"é€😀\"")
    check(#""\u0000\u001f\u007f""#, writes: "\"\\u0000\\u001f\u{7F}\"")
    check(
      #""a long plain prefix \n and a long plain suffix""#,
      writes: #""a long plain prefix \n and a long plain suffix""#)
    check("\"zwölf Boxkämpfer jagen Viktor\"", writes: "\"zwölf Boxkämpfer jagen Viktor\"")
  }

  private func check(_ text: String, fails sentence: String) {
    let error = #expect(throws: JSONError.self, "\(text)") { try JSON.parse(text) }
    #expect(error?.description == sentence)
  }

  @Test func `an error says where, what was expected and what stood there`() {
    check("", fails: "line 1, column 1: expected a value, but the text ends here")
    check("[1,\n 2 3]", fails: "line 2, column 4: expected ',' or ']' after the element, found '3'")
    check("{\"a\" 1}", fails: "line 1, column 6: expected ':' after the key, found '1'")
    check("{a:1}", fails: "line 1, column 2: expected a key in double quotes or '}', found 'a'")
    check("{\"a\":1,}", fails: "line 1, column 8: expected a key in double quotes, found '}'")
    check("[1,]", fails: "line 1, column 4: expected a value, found ']'")
    check("['a']", fails: "line 1, column 2: expected a value or ']', found a single quote")
    check("nul", fails: "line 1, column 4: expected the word 'null', but the text ends here")
    check("01", fails: "line 1, column 2: expected nothing more after the value, found '1'")
    check("1.", fails: "line 1, column 3: expected a digit, but the text ends here")
    check("-a", fails: "line 1, column 2: expected a digit, found 'a'")
    check(
      "\"é\u{1}\"",
      fails: "line 1, column 3: expected a character or '\"' "
        + "(control characters need an escape), found U+0001")
    check(
      "\"\\x\"",
      fails: "line 1, column 3: expected one of \" \\ / b f n r t u after the backslash, found 'x'")
    check(
      "\"\\u12g4\"",
      fails: "line 1, column 6: expected four hexadecimal digits after \\u, found 'g'")
    check("[\u{0}]", fails: "line 1, column 2: expected a value or ']', found a NUL byte")
  }

  @Test func `a text that breaks off says what is still open`() {
    check(
      "[\n {\"a\": [1",
      fails: "line 2, column 10: expected ',' or ']' after the element, but the text ends here; "
        + "the array begun at line 2, column 8 is still open (inside 2 more)")
    check(
      "[\"abc",
      fails: "line 1, column 6: expected a character or '\"' (control characters need an escape), "
        + "but the text ends here; the string begun at line 1, column 2 is still open (inside 1 more)"
    )
  }

  @Test func `nesting has a limit instead of a crash`() {
    let deep = String(repeating: "[", count: 100_000)
    check(deep, fails: "line 1, column 513: nested deeper than 512 levels")
    let fits = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    check(fits, writes: fits)
  }
}

import JSON
import Testing

@testable import Settings

@Suite struct TOMLTests {
  @Test(
    arguments: [
      ("a = 1", ["a": 1]),
      ("a.b.'c d' = \"x\"", ["a": ["b": ["c d": "x"]]]),
      ("n = 0x0F # note", ["n": 15]),
      ("[t]\r\nk = true\r\n[t.u]\r\nn = 1_000", ["t": ["k": true, "u": ["n": 1000]]]),
      ("[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 3", ["p": [["n": 1], ["n": 2, "q": ["r": 3]]]]),
      ("a = [1, [2, 3], # note\n 4,\n]", ["a": [1, [2, 3], 4]]),
      ("a = { x = 1, y.z = 'two' }", ["a": ["x": 1, "y": ["z": "two"]]]),
      ("a = 'C:\\dir'\nb = \"\\u00e9\\t\\\"\"", ["a": "C:\\dir", "b": "é\t\""]),
      ("a = \"\"\"\none\n  two \\\n     three\"\"\"", ["a": "one\n  two three"]),
      ("a = '''x''y''''", ["a": "x''y'"]),
      ("a = 1979-05-27T07:32:00Z\nb = 07:32:00", ["a": "1979-05-27T07:32:00Z", "b": "07:32:00"]),
      ("a = 6.25e-1\nb = inf\nc = 0o755\nd = 0b11", ["a": 0.625, "b": "inf", "c": 493, "d": 3]),
      ("\u{FEFF}a = ''", ["a": ""]),
      ("", [:]),
    ] as [(String, JSON)])
  func `a text gives its value`(text: String, expected: JSON) throws {
    #expect(try TOML.parse(Array(text.utf8)).json == expected)
  }

  @Test(arguments: [
    ("a = ", 1, 5, "expected a value"),
    ("a = 1\nb = yes", 2, 5, "'yes' is no value: strings need quotes, numbers digits"),
    ("a = 1\na = 2", 2, 1, "the key 'a' stands here again"),
    ("[t]\n[t]", 2, 2, "the table [t] is defined twice"),
    ("x = 1\n[x.y]", 2, 2, "'x' is a value already, not a table"),
    ("x = {}\nx.y = 1", 2, 1, "'x' is a value already, not a table"),
    ("x = {}\n[x.y]", 2, 2, "'x' is complete already and takes no more keys"),
    ("[a.b]\nz=9\n[a]\nb.c = 1", 4, 1, "'b' is complete already and takes no more keys"),
    ("x = []\n[[x]]", 2, 3, "'x' is no array of tables"),
    ("a = \"open", 1, 5, "the string that begins here has no end"),
    ("a = [1,\n2", 1, 5, "the array that begins here has no end"),
    ("é = 1", 1, 1, "expected a key"),
    ("a = \"é\" b", 1, 9, "expected the end of the line"),
    ("a = \"\\x\"", 1, 6, "'\\x' is no escape sequence"),
    ("a = \"\\ud800\"", 1, 6, "U+d800 is no Unicode character"),
    ("a = 9223372036854775808", 1, 5, "9223372036854775808 does not fit in 64 bits"),
    ("a = -0x0F", 1, 5, "'-0x0F' is no value: strings need quotes, numbers digits"),
    ("a = 2026-02-29", 1, 5, "'2026-02-29' is no date or time"),
    ("a = {\n}", 1, 6, "expected a key"),
    ("[a", 1, 3, "expected ']'"),
    ("a = \"\u{1}\"", 1, 6, "control character 0x1 in the text"),
  ])
  func `a broken text is refused with its place`(
    text: String, line: Int, column: Int, sentence: String
  ) {
    #expect(
      throws: ConfigSyntaxError(.toml, sentence, at: TextPosition(line: line, column: column))
    ) {
      try TOML.parse(Array(text.utf8))
    }
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect(throws: ConfigSyntaxError.self) { try TOML.parse([0x61, 0x3D, 0x22, 0xFF, 0x22]) }
  }

  @Test(arguments: ["[", "{a=", "a."])
  func `nesting has an end`(piece: String) {
    let text = "a = " + String(repeating: piece, count: 100_000)
    #expect(throws: ConfigSyntaxError.self) { try TOML.parse(Array(text.utf8)) }
  }

  @Test func `values and keys know their places`() throws {
    let node = try TOML.parse(Array("[t]\n  key = [ 'x' ]".utf8))
    let member = try #require(node["t"]?.member("key"))
    #expect(member.keyPosition == TextPosition(line: 2, column: 3))
    #expect(member.node.elements?.first?.position == TextPosition(line: 2, column: 11))
  }
}

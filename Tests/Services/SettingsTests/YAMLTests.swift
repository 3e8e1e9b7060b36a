import JSON
import Testing

@testable import Settings

@Suite struct YAMLTests {
  @Test(
    arguments: [
      ("a: 1\nb: two", ["a": 1, "b": "two"]),
      ("---\na: # note\n  b: true\n  c: ~\n", ["a": ["b": true, "c": .null]]),
      ("a:\n- x\n- y: 1\n  z: 2\nb: 3", ["a": ["x", ["y": 1, "z": 2]], "b": 3]),
      ("a:\n  - - 1\n    - 2\n  -\n    - 3", ["a": [[1, 2], [3]]]),
      ("a: [x, 'y z', {k: v, n: 1.5}]", ["a": ["x", "y z", ["k": "v", "n": 1.5]]]),
      ("a: [\n  x, # note\n  y,\n]\nb: {}", ["a": ["x", "y"], "b": [:]]),
      ("url: https://h/p#x # note", ["url": "https://h/p#x"]),
      ("args: [-y, \"@a/b\"]", ["args": ["-y", "@a/b"]]),
      ("a: 'it''s'\nb: \"x\\ty\\u00e9\"", ["a": "it's", "b": "x\ty\u{e9}"]),
      ("a: |\n  one\n    two\n\n  three\nb: 1", ["a": "one\n  two\n\nthree\n", "b": 1]),
      ("a: >-\n  one\n  two\n\n  three\n", ["a": "one two\nthree"]),
      ("a: one\n  two\nb: 1", ["a": "one two", "b": 1]),
      ("\"a b\": 1\n? x", nil),
      ("", [:]),
      ("a: x\r\nb: y\r\n", ["a": "x", "b": "y"]),
      ("- a\n- b", ["a", "b"]),
    ] as [(String, JSON?)])
  func `a text gives its value`(text: String, expected: JSON?) {
    let node = try? YAML.parse(Array(text.utf8))
    #expect(node?.json == expected)
  }

  @Test(arguments: [
    ("a:\n\tb: 1", 2, 2, "a tab in the indentation: YAML takes spaces only"),
    ("a: 1\na: 2", 2, 1, "the key 'a' stands here again"),
    ("a:\n  b: 1\n   c: 2", 3, 4, "this line is indented unlike the lines it belongs to"),
    ("a: 1\nb", 2, 1, "expected a key with ':'"),
    ("a: \"x", 1, 4, "the string that begins here has no end"),
    ("a: [x", 1, 4, "the collection that begins here has no end"),
    ("a: &x 1", 1, 4, "anchors and aliases are not understood here"),
    ("a: !t 1", 1, 4, "tags are not understood here"),
    ("a: 'x' y", 1, 8, "expected the end of the line"),
    ("a: {b 1}", 1, 8, "expected ':' after the key"),
    ("a: \"\\q\"", 1, 5, "'\\q' is no escape sequence"),
  ])
  func `a broken text is refused with its place`(
    text: String, line: Int, column: Int, sentence: String
  ) {
    let place = TextPosition(line: line, column: column)
    #expect(throws: ConfigSyntaxError(.yaml, sentence, at: place)) {
      try YAML.parse(Array(text.utf8))
    }
  }

  @Test(arguments: ["[", "{a: ", "- ", "a:\n"])
  func `nesting has an end`(piece: String) {
    _ = try? YAML.parse(Array(String(repeating: piece, count: 3_000).utf8))
  }
}

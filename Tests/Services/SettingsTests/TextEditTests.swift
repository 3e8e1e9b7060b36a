import JSON
import Testing

@testable import Settings

@Suite struct TextEditTests {
  private static let value: JSON = ["command": "x", "args": ["y"]]

  @Test(arguments: [
    (
      "",
      "{\n  \"s\": {\n    \"n\": {\n      \"command\": \"x\",\n      \"args\": [\n        \"y\"\n      ]\n    }\n  }\n}\n"
    ),
    (
      "{}",
      "{\n  \"s\": {\n    \"n\": {\n      \"command\": \"x\",\n      \"args\": [\n        \"y\"\n      ]\n    }\n  }\n}"
    ),
    ("{\"a\": 1}", "{\"a\": 1, \"s\": {\"n\": {\"command\": \"x\", \"args\": [\"y\"]}}}"),
    ("{\"s\": {\"o\": 1,}}", "{\"s\": {\"o\": 1, \"n\": {\"command\": \"x\", \"args\": [\"y\"]}}}"),
    (
      "{\n\t\"s\": {\n\t\t\"o\": 1 // one\n\t}\n}\n",
      "{\n\t\"s\": {\n\t\t\"o\": 1, // one\n\t\t\"n\": {\n\t\t\t\"command\": \"x\",\n\t\t\t\"args\": [\n\t\t\t\t\"y\"\n\t\t\t]\n\t\t}\n\t}\n}\n"
    ),
    (
      "{\n    \"s\": {\n        \"o\": [1], /* c */\n    },\n}",
      "{\n    \"s\": {\n        \"o\": [1], /* c */\n        \"n\": {\n            \"command\": \"x\",\n            \"args\": [\n                \"y\"\n            ]\n        },\n    },\n}"
    ),
    (
      "{\r\n  \"s\": {}\r\n}",
      "{\r\n  \"s\": {\r\n    \"n\": {\r\n      \"command\": \"x\",\r\n      \"args\": [\r\n        \"y\"\r\n      ]\r\n    }\r\n  }\r\n}"
    ),
    (
      "{\n  \"s\": {\n    \"n\": {\"old\": true}, \"z\": 0\n  }\n}",
      "{\n  \"s\": {\n    \"n\": {\n      \"command\": \"x\",\n      \"args\": [\n        \"y\"\n      ]\n    }, \"z\": 0\n  }\n}"
    ),
  ])
  func `a member is set and every other byte stays`(text: String, expected: String) throws {
    let edited = try #require(JSONTextEdit(Array(text.utf8)).setting(["s", "n"], to: Self.value))
    #expect(String(decoding: edited, as: UTF8.self) == expected)
    let root = try ConfigDocument.read(edited, as: .relaxedJSON).root
    #expect(root[path: ["s", "n"]]?.json == Self.value)
  }

  @Test(arguments: [
    ("{\"s\": {\"n\": 1}}", "{\"s\": {}}"),
    ("{\"s\": {\"n\": 1, \"o\": 2}}", "{\"s\": { \"o\": 2}}"),
    ("{\"s\": {\"o\": 2, \"n\": {\"x\": \"}\"}}}", "{\"s\": {\"o\": 2}}"),
    ("{\n \"s\": {\n  \"n\": 1,\n  \"o\": 2\n }\n}", "{\n \"s\": {\n  \"o\": 2\n }\n}"),
    (
      "{\n \"s\": {\n  \"a\": 1, // about a\n  \"n\": 1 // about n\n }\n}",
      "{\n \"s\": {\n  \"a\": 1 // about a\n }\n}"
    ),
    (
      "{\n \"s\": {\n  \"a\": 1,\n  \"n\": 1,\n  \"b\": 1\n }\n}",
      "{\n \"s\": {\n  \"a\": 1,\n  \"b\": 1\n }\n}"
    ),
    ("{\n \"s\": {\n  \"a\": 1,\n  \"n\": 1,\n }\n}", "{\n \"s\": {\n  \"a\": 1,\n }\n}"),
    (
      "{\n \"s\": {\n  \"n\": 1, // about n\n  // more to come\n }\n}",
      "{\n \"s\": {\n  // more to come\n }\n}"
    ),
    ("{\"s\": {\"n\": 1 /* left */}}", "{\"s\": { /* left */}}"),
  ])
  func `a member is removed with its comma`(text: String, expected: String) throws {
    let edited = try #require(JSONTextEdit(Array(text.utf8)).removing(["s", "n"]))
    #expect(String(decoding: edited, as: UTF8.self) == expected)
  }

  @Test(arguments: ["{\"s\": 1}", "[]", "{\"s\": [{}]}"])
  func `what is in the way is not overwritten`(text: String) {
    #expect(JSONTextEdit(Array(text.utf8)).setting(["s", "n"], to: 1) == nil)
    #expect(JSONTextEdit(Array(text.utf8)).removing(["s", "n"]) == nil)
  }

  private static let table = "[m.n]\ncommand = \"x\"\nargs = [\"y\"]\n"

  @Test(arguments: [
    ("", "TABLE"),
    ("a = 1", "a = 1\n\nTABLE"),
    ("a = 1\n", "a = 1\n\nTABLE"),
    ("[m.n]\nold = 1\n", "TABLE"),
    (
      "# top\n[m.n]\nold = 1 # gone\n\n# of o\n[m.o]\nx = 1\n",
      "# top\nTABLE\n# of o\n[m.o]\nx = 1\n"
    ),
    ("[m.n.env]\nA = \"1\"\n[m.o]\n[m.n]\n", "TABLE[m.o]\n"),
    ("s = '''\n[m.n]\n'''\n", "s = '''\n[m.n]\n'''\n\nTABLE"),
  ])
  func `a table is written where it stood`(text: String, expected: String) throws {
    let edit = try TOMLTextEdit(Array(text.utf8))
    let edited = edit.setting(["m", "n"], to: ["command": "x", "args": ["y"]])
    let wanted = expected.replacing(text: "TABLE", with: Self.table)
    #expect(String(decoding: edited, as: UTF8.self) == wanted)
    #expect(try TOML.parse(edited)[path: ["m", "n"]]?.json == Self.value)
  }

  @Test func `a table is removed with its parts`() throws {
    let text = "a = 1\n\n[m.n]\nx = 1\n\n[m.n.env]\nB = \"2\"\n\n[z]\n"
    let edited = try #require(try TOMLTextEdit(Array(text.utf8)).removing(["m", "n"]))
    #expect(String(decoding: edited, as: UTF8.self) == "a = 1\n\n[z]\n")
  }

  @Test func `a table's lines end as the file's do`() throws {
    let text = "a = 1\r\n\r\n[z]\r\nb = 2\r\n"
    let added = try TOMLTextEdit(Array(text.utf8)).setting(["m", "n"], to: ["x": 1, "y": 2])
    #expect(
      String(decoding: added, as: UTF8.self) == text + "\r\n[m.n]\r\nx = 1\r\ny = 2\r\n")
    let removed = try #require(try TOMLTextEdit(added).removing(["m", "n"]))
    #expect(String(decoding: removed, as: UTF8.self) == text)
  }

  @Test func `TOML values and keys are quoted as they must be`() {
    let entry: JSONObject = [
      "a b": "q\"\\\n\u{1}", "n": 1.5, "o": ["x": ["y": true], "z": .null], "e": [:],
    ]
    let text = TOMLWriter.table(["s", "a.b"], entry)
    #expect(
      text
        == "[s.\"a.b\"]\n\"a b\" = \"q\\\"\\\\\\n\\u0001\"\nn = 1.5\no = { x = { y = true } }\ne = {}\n"
    )
  }

  @Test func `a difference shows three lines around`() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n", new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"
    #expect(
      UnifiedDiff.text(old: old, new: new, path: "f", isNew: false)
        == "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n")
    #expect(
      UnifiedDiff.text(old: "", new: "a\n", path: "f", isNew: true)
        == "--- /dev/null\n+++ f\n@@ -0,0 +1,1 @@\n+a\n")
    #expect(UnifiedDiff.text(old: old, new: old, path: "f", isNew: false) == "")
  }

  @Test(arguments: [
    ("  \"Authorization\": \"Bearer abcdef\",", "  \"Authorization\": \"Bearer ••••\","),
    (
      "env = { A_TOKEN = \"x\", URL = \"http://h\" }",
      "env = { A_TOKEN = \"••••\", URL = \"http://h\" }"
    ),
    ("  \"K_SECRET\": \"${env:K}\"", "  \"K_SECRET\": \"${env:K}\""),
    ("  \"args\": [\"--x\", \"a\\\"b\"]", "  \"args\": [\"--x\", \"a\\\"b\"]"),
    ("plain", "plain"),
  ])
  func `a shown line hides what is secret`(line: String, shown: String) {
    #expect(Masking.configLine(line) == shown)
  }
}

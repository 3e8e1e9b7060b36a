import TestSupport
import Testing

@Suite(.inTurns) struct BadInputTests {
  /// Odd files made on the spot, and the sentence that must follow.
  private static let unreadable: [(file: String, sentence: String)] = [
    ("/", "it is a directory"),
    ("/nonexistent", "there is no such file"),
    ("/dev/null", "expected a value, but the text ends here"),
    ("<(head -c 100000 /dev/zero | tr '\\0' '[')", "nested deeper than 512 levels"),
    ("<(head -c 100000 /dev/zero)", "found a NUL byte"),
    ("<(printf '{\"a\": 1')", "the text ends here"),
    ("<(printf '{\"a\": \"b')", "the text ends here"),
    ("<(printf '\\xff\\xfe{}')", "line 1, column 1"),
    ("<(echo '[1,]')", "line 1, column 4"),
    ("<(echo '01')", "line 1, column"),
    ("<(head -c 8000000 /dev/zero | tr '\\0' 'x')", "expected a value, found 'x'"),
    ("<(printf '\"'; head -c 8000000 /dev/zero | tr '\\0' 'x')", "the text ends here"),
    ("<(printf '[\"a\\0b\"]')", "found a NUL byte"),
  ]

  /// JSON, but no schema.
  @Test(arguments: ["[1]", "3", "null", "\"x\"", #"{"type":"x"}"#, #"{"pattern":"(("}"#])
  func `a file that is no schema is a sentence and exit code 1`(text: String) async {
    let run = await ShellRun.of(
      "$alidade validate --schema <(echo '\(text)') --instance <(echo 1)")
    #expect(run.code == 1 && run.output.isEmpty, "\(run.output)")
    #expect(run.errors.hasPrefix("alidade: the schema "), "\(run.errors)")
    #expect(run.errors.contains("is broken"), "\(run.errors)")
  }

  @Test(arguments: unreadable.indices)
  func `a file that is no JSON is a sentence and exit code 1, never a trap`(row: Int) async {
    let (file, sentence) = Self.unreadable[row]
    for line in [
      "$alidade validate --schema <(echo '{}') --instance \(file)",
      "$alidade validate --schema \(file) --instance <(echo '{}')",
    ] {
      let run = await ShellRun.of(line)
      #expect(run.code == 1 && run.output.isEmpty, "\(line)")
      #expect(run.errors.hasPrefix("alidade: "), "\(run.errors)")
      #expect(run.errors.contains(sentence), "\(run.errors)")
    }
  }

  /// Well-formed, but at the edge of what a machine's numbers and stacks hold.
  private static let extreme: [(schema: String, instance: String, code: Int32)] = [
    (#"{"type":"integer","maximum":1e400}"#, "1e399", 0),
    (#"{"maximum":1e399}"#, "1e400", 2),
    (#"{"multipleOf":0.01}"#, "123456789012345678901234567890.01", 0),
    (#"{"const":12345678901234567890}"#, "12345678901234567891", 2),
    (##"{"$ref":"#"}"##, "1", 2),
    (
      ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##, "1",
      2
    ),
    (#"{"pattern":"(a+)+$"}"#, "\"\(String(repeating: "a", count: 5_000))!\"", 2),
    (
      #"{"multipleOf":\#(String(repeating: "3", count: 10_000))}"#,
      String(repeating: "9", count: 10_000), 0
    ),
    (#"{"multipleOf":3}"#, "1e999999999", 2),
    (#"{"multipleOf":1e-400}"#, "1e400", 0),
    (#"{"maximum":1e-999999999999999999999}"#, "1e999999999999999999999", 2),
    (#"{"not":false}"#, "\"\\u0000\"", 0),
    (#"{"type":"string"}"#, "1", 2),
  ]

  @Test(arguments: extreme.indices)
  func `extreme numbers and endless references get a verdict`(row: Int) async {
    let (schema, instance, code) = Self.extreme[row]
    let run = await ShellRun.of(
      "$alidade validate --schema <(echo '\(schema)') --instance <(echo '\(instance)')")
    #expect(run.code == code, "\(run.output)\(run.errors)")
    #expect(run.endedInTime)
  }

  @Test func `with --json the one document is on the right stream`() async {
    let invalid = await ShellRun.of(
      "$alidade validate --schema <(echo '{\"type\":\"string\"}') --instance <(echo 1) --json")
    #expect(invalid.code == 2 && invalid.errors.isEmpty)
    #expect(invalid.output.hasPrefix("{") && invalid.output.contains("\"valid\": false"))
    let unreadable = await ShellRun.of("$alidade validate --schema / --instance / --json")
    #expect(unreadable.code == 1 && unreadable.output.isEmpty)
    #expect(unreadable.errors.hasPrefix(#"{"error":{"code":1,"kind":"usage","message":""#))
    #expect(unreadable.errors.split(separator: "\n").count == 1)
  }

  @Test func `a pipe that gives its text slowly and in pieces is read whole`() async {
    let run = await ShellRun.of(
      "(printf '{\"a'; printf '\":[1'; printf ',2]}') "
        + "| $alidade validate --schema <(echo '{\"required\":[\"a\"]}') --instance -")
    #expect(run.code == 0, "\(run.errors)")
  }
}

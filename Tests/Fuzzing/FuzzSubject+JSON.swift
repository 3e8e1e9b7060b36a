import JSON
import JSONSchema

extension FuzzSubject {
  /// What is written is read as the same value; a document and a tree agree; an error lies inside the text.
  static let json = FuzzSubject(
    "json",
    words: [
      "{", "}", "[", "]", ",", ":", "\"", "\\u", "\\ud83d\\ude00", "\\ud800", "true", "false",
      "null", "-0", "1e400", "0.10", "12345678901234567890", "//", "/*", "*/", "\"a\":", "é",
    ]
  ) { bytes in
    for options in [JSONReadingOptions.strict, .relaxed] {
      do throws(JSONError) {
        let reading = try JSON.read(bytes, options: options)
        if let objection = rewriting(reading.value) { return objection }
        let document = try JSONDocument(bytes, options: options)
        if document.tree != reading.value { return "the document and the tree differ" }
      } catch {
        if error.offset > bytes.count { return "an error lies behind the end: \(error.offset)" }
        if error.description.isEmpty { return "an error has no sentence" }
      }
    }
    return nil
  }

  private static func rewriting(_ value: JSON) -> String? {
    for text in [value.compact, value.pretty, value.canonical] {
      guard let again = try? JSON.parse(text) else { return "what was written is no JSON: \(text)" }
      if again != value { return "what was written is another value: \(text)" }
    }
    return nil
  }

  /// Lines are the same in whatever pieces they come.
  static let jsonLines = FuzzSubject(
    "json-lines", words: ["\n", "\r\n", "{}", "{\"jsonrpc\":\"2.0\"}", "é", "\r"]
  ) { bytes in
    var (whole, pieces) = (LineSplitter(limit: 64), LineSplitter(limit: 64))
    let lines = whole.take(bytes)
    return differs(lines, bytes.flatMap { pieces.take([$0]) }, "a line")
  }

  /// A schema and an instance, with a line feed between: validation ends, agrees with itself, and has a form.
  static let schema = FuzzSubject(
    "schema",
    words: [
      "{\"type\":\"object\"}", "\"$ref\":\"#\"", "\"properties\":{", "\"allOf\":[", "\"oneOf\":[",
      "\"items\":", "\"pattern\":\"(a+)+$\"", "\"$dynamicRef\":\"#a\"", "\"$id\":\"x\"",
      "\"enum\":[", "\"unevaluatedProperties\":false", "\"minimum\":1e400", "\n", "{}", "[]",
      "\"$schema\":\"http://json-schema.org/draft-07/schema#\"", "\"if\":", "\"not\":",
    ]
  ) { bytes in
    let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    guard let schema = try? JSON.parse(Array(parts[0])) else { return nil }
    let instance = (parts.count > 1 ? try? JSON.parse(Array(parts[1])) : nil) ?? .null
    let validator = SchemaValidator(schema, options: bounded)
    let (answer, reasons) = (validator.isValid(instance), validator.validate(instance))
    if answer != reasons.isValid { return "the answer and its reasons differ" }
    if !answer && reasons.violations.isEmpty { return "it is not valid, and no reason is given" }
    return unended(FormDeriver(schema))
  }

  private static var bounded: SchemaOptions {
    var options = SchemaOptions()
    options.limits.steps = 20_000
    return options
  }

  /// Opens fields of fields: a form is made as it is opened, and may have no end.
  private static func unended(_ deriver: FormDeriver) -> String? {
    var (open, seen) = ([deriver.root], 0)
    while let field = open.popLast(), seen < 200 {
      seen += 1
      open += deriver.fields(of: field)
    }
    return nil
  }
}

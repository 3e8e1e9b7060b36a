import JSON

/// Lengths are counted in code points.
struct LengthCheck: SchemaCheck {
  let minimum: Int?
  let maximum: Int?

  init?(_ reader: SchemaReader) {
    minimum = reader.count("minLength")
    maximum = reader.count("maxLength")
    if minimum == nil && maximum == nil { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .string(let text) = value else { return true }
    let count = text.unicodeScalars.count
    var holds = true
    if let minimum, count < minimum {
      holds = run.fail(.length(count, .atLeast(minimum)), keyword: "minLength")
    }
    if let maximum, count > maximum {
      holds = run.fail(.length(count, .atMost(maximum)), keyword: "maxLength")
    }
    return holds
  }
}

struct PatternCheck: SchemaCheck {
  let pattern: Pattern

  init?(_ reader: SchemaReader) {
    guard let source = reader.string("pattern"),
      let pattern = reader.pattern(source, at: "pattern")
    else { return nil }
    self.pattern = pattern
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .string(let text) = value else { return true }
    switch run.matches(pattern, text, keyword: "pattern") {
    case true?: return true
    case false?: return run.fail(.pattern(pattern.source), keyword: "pattern")
    case nil: return false
    }
  }
}

/// Judges only where the options or the metaschema ask for it; otherwise `format` is a note.
struct FormatCheck: SchemaCheck {
  let format: StringFormat

  init?(_ reader: SchemaReader) {
    guard let name = reader.string("format") else { return nil }
    guard reader.compiler.assertsFormats || reader.dialect.assertsFormat else { return nil }
    guard let format = StringFormat.named(name) else {
      reader.report(.unknownFormat(name), at: "format")
      return nil
    }
    self.format = format
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .string(let text) = value else { return true }
    return format.accepts(text) || run.fail(.format(format.name), keyword: "format")
  }
}

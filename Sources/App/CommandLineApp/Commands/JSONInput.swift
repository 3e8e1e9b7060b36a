import JSON
import SafeText

extension CommandContext {
  /// The JSON of a file that the user named; doubtful places go to standard error.
  func json(of name: String) throws(CommandFailure) -> JSON {
    let reading = try reading(of: name)
    for finding in reading.findings {
      errors.line(SafeText("\(Self.shown(name)): \(finding.description)").text)
    }
    return reading.value
  }

  /// The same with the doubtful places as values.
  func reading(of name: String) throws(CommandFailure) -> JSONReading {
    let bytes = try bytes(of: name)
    do throws(JSONError) {
      return try JSON.read(bytes)
    } catch {
      let shown = Self.shown(name)
      throw CommandFailure(
        .usage, "\(shown): \(error.description)",
        details: [
          "file": .string(shown), "line": .number(JSONNumber(error.line)),
          "column": .number(JSONNumber(error.column)), "offset": .number(JSONNumber(error.offset)),
        ])
    }
  }

  private static func shown(_ name: String) -> String { name == "-" ? "standard input" : name }
}

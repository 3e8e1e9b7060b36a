import Arguments
package import JSON
import SafeText

/// Why a command could not do its work: how the program ends and what it says.
package struct CommandFailure: Error, Sendable, Equatable {
  package var code: ExitCode
  /// One sentence, without the program's name in front and without a full stop.
  package var sentence: String
  /// What to try next.
  package var hint: String?
  /// More for programs that read the error as JSON.
  package var details: JSONObject

  package init(
    _ code: ExitCode, _ sentence: String, hint: String? = nil, details: JSONObject = [:]
  ) {
    self.code = code
    self.sentence = sentence
    self.hint = hint
    self.details = details
  }

  init(_ error: ArgumentError, program: String) {
    self.init(.usage, error.sentence, hint: error.hint(program: program))
  }
}

extension CommandFailure {
  /// As a person reads it on standard error.
  func text(program: String) -> String {
    let lines =
      ["\(program): \(SafeText(sentence).text)"] + (hint.map { ["  \(SafeText($0).text)"] } ?? [])
    return lines.joined(separator: "\n") + "\n"
  }

  /// As a program reads it on standard error: one line.
  var json: JSON {
    var error: JSONObject = [
      "code": .number(JSONNumber(code.rawValue)), "kind": .string(code.word),
      "message": .string(sentence),
    ]
    if let hint { error["hint"] = .string(hint) }
    if !details.isEmpty { error["details"] = .object(details) }
    return ["error": .object(error)]
  }
}

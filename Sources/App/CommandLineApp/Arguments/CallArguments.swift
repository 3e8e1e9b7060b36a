import Arguments
import JSON
import JSONSchema

/// Reads the arguments of a call from `--args` and the words after it, and checks them.
struct CallArguments {
  static let args = OptionRow(
    "args", takes: ValueRow("JSON|@FILE|-"), help: "Arguments as one JSON object")
  static let noValidate = OptionRow(
    "no-validate", help: "Send arguments and prepared answers even if they break their schemas")
  static let words = PositionalRow(
    ValueRow("KEY=VALUE", .known("arguments")), .any, help: "Arguments; KEY:=JSON for exact JSON")

  /// The files that hold arguments, `-` for standard input.
  static func files(_ arguments: ParsedArguments) -> [String] {
    guard arguments.command.options.contains(args), let text = arguments[args] else { return [] }
    return file(text).map { [$0] } ?? []
  }

  private static func file(_ text: String) -> String? {
    text == "-" ? text : text.hasPrefix("@") ? String(text.dropFirst()) : nil
  }

  let arguments: ParsedArguments
  let context: CommandContext

  /// Nil where nothing was given at all, which is not the same as an empty object.
  func object(schema: JSON?) throws(CommandFailure) -> JSONObject? {
    let base = try base()
    let words = arguments.all(Self.words)
    guard base != nil || !words.isEmpty else { return nil }
    do throws(ArgumentAssignments.Problem) {
      return try ArgumentAssignments(words).applied(
        to: base ?? [:], schema: schema, isForced: isForced)
    } catch {
      throw CommandFailure(.usage, error.sentence, hint: error.hint)
    }
  }

  private var isForced: Bool {
    arguments.command.options.contains(Self.noValidate) && arguments.has(Self.noValidate)
  }

  private func base() throws(CommandFailure) -> JSONObject? {
    guard let text = arguments[Self.args] else { return nil }
    let (bytes, name) = try source(of: text)
    let json: JSON
    do { json = try JSON.parse(bytes) } catch {
      throw CommandFailure(.usage, "\(name): \(error.description)")
    }
    guard let object = json.object else {
      throw CommandFailure(.usage, "\(name) must be a JSON object")
    }
    return object
  }

  private func source(of text: String) throws(CommandFailure) -> ([UInt8], name: String) {
    guard let file = Self.file(text) else { return (Array(text.utf8), "--args") }
    return (try context.bytes(of: file), text == "-" ? "standard input" : file)
  }

  /// Refuses arguments that break the schema, unless they are to be sent all the same.
  /// Where the schema itself is at fault they are sent, and what could not be checked is told.
  func check(
    _ object: JSONObject?, against schema: JSON?, of name: String, tell: (String) -> Void
  ) throws(CommandFailure) {
    guard let schema, !arguments.has(Self.noValidate) else { return }
    let validator = SchemaValidator(schema, options: .ofServers)
    let result = validator.validate(.object(object ?? [:]))
    guard !result.isValid else { return }
    let problems = result.violations.map(\.sentence)
    guard !result.isUndecided else {
      return tell("the schema of \(name) is broken: " + problems.joined(separator: "; "))
    }
    throw CommandFailure(
      .usage, "the arguments do not fit \(name): " + problems.joined(separator: "; "),
      hint: hint(object, schema) ?? "--no-validate sends them all the same",
      details: ["violations": .array(problems.map(JSON.string))])
  }

  /// A key the schema does not know is most often a known one mistyped.
  private func hint(_ object: JSONObject?, _ schema: JSON) -> String? {
    let known = schema["properties"]?.object?.keys ?? []
    for key in object?.keys ?? [] where !known.contains(key) {
      if let near = Spelling.nearest(to: key, in: known).first {
        return "did you mean '\(near)' instead of '\(key)'?"
      }
    }
    return nil
  }
}

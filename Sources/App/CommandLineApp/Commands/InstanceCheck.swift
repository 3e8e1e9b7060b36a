import Arguments
import JSON
import JSONSchema
import SafeText

/// `validate` for one schema and one instance.
struct InstanceCheck {
  let arguments: ParsedArguments
  let context: CommandContext

  init(_ arguments: ParsedArguments, _ context: CommandContext) {
    self.arguments = arguments
    self.context = context
  }

  func run() throws(CommandFailure) -> ExitCode {
    let schemaName = try name(ValidateOptions.schema)
    let instanceName = try name(ValidateOptions.instance)
    if schemaName == "-", instanceName == "-" {
      throw CommandFailure(.usage, "schema and instance cannot both be standard input")
    }
    let schema = try context.json(of: schemaName)
    let instance = try context.json(of: instanceName)
    let options = ValidateOptions.compiling(arguments, context)
    let validator = SchemaValidator(schema, options: options)
    try report(validator.findings, of: schemaName)
    let answer = validator.validate(instance)
    if arguments.has(.json) {
      context.output.line(answer.json(draft: validator.draft).pretty)
    } else {
      for line in answer.lines { context.output.line(SafeText(line).text) }
    }
    return answer.isValid ? .ok : .failedAnswer
  }

  private func name(_ option: OptionRow) throws(CommandFailure) -> String {
    if let name = arguments[option] { return name }
    throw CommandFailure(
      .usage, "\(option.flag) is missing", hint: "alidade validate --schema FILE --instance FILE")
  }

  /// A schema that says something impossible gives no answer worth the name; the rest is a remark.
  private func report(_ findings: [SchemaFinding], of name: String) throws(CommandFailure) {
    for finding in findings where !finding.isFatal {
      context.errors.line(SafeText("\(name): \(finding.words)").text)
    }
    let fatal = findings.filter(\.isFatal)
    guard let first = fatal.first else { return }
    throw CommandFailure(
      .usage, "the schema \(name) is broken: \(first.words)",
      hint: fatal.dropFirst().isEmpty
        ? nil : fatal.dropFirst().map(\.words).joined(separator: "\n  "),
      details: ["findings": .array(fatal.map(\.json))])
  }
}

extension SchemaFinding {
  /// A reference that leads nowhere is told with the instance: perhaps nothing needs it.
  fileprivate var isFatal: Bool {
    if case .unresolved = problem { return false }
    return weight == .defect
  }

  fileprivate var words: String { location.isEmpty ? sentence : "\(location): \(sentence)" }

  fileprivate var json: JSON {
    [
      "location": .string(location), "weight": .string(weight.rawValue),
      "message": .string(sentence),
    ]
  }
}

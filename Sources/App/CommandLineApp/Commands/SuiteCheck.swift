import Arguments
import JSON
import JSONSchema
import SafeText

/// `validate --suite`: files of cases, a line for each that fails, and the count.
struct SuiteCheck {
  let arguments: ParsedArguments
  let context: CommandContext

  init(_ arguments: ParsedArguments, _ context: CommandContext) {
    self.arguments = arguments
    self.context = context
  }

  func run(_ names: [String]) throws(CommandFailure) -> ExitCode {
    if arguments.has(ValidateOptions.schema) || arguments.has(ValidateOptions.instance) {
      throw CommandFailure(.usage, "--suite brings its own schemas and instances")
    }
    var outcome = SchemaSuite.Outcome()
    for name in names {
      let one = try suite(name).run(options(for: name))
      outcome.passed += one.passed
      outcome.failures += one.failures
    }
    if arguments.has(.json) {
      context.output.line(outcome.json.pretty)
    } else {
      for failure in outcome.failures { context.output.line(SafeText(failure.line).text) }
      context.output.line("\(outcome.passed) passed, \(outcome.failures.count) failed")
    }
    return outcome.failures.isEmpty ? .ok : .failedAnswer
  }

  private func suite(_ name: String) throws(CommandFailure) -> SchemaSuite {
    let json = try context.reading(of: name).value
    do throws(SchemaSuiteProblem) {
      return try SchemaSuite(json)
    } catch {
      throw CommandFailure(.usage, "\(name) is no file of cases: \(error.sentence)")
    }
  }

  /// What is not told is read from where the file lies: `draft7/…`, and `remotes` in a folder above.
  private func options(for name: String) -> SchemaOptions {
    var options = ValidateOptions.compiling(arguments, context)
    let path = context.path(name)
    let folders = path.split(separator: "/").map(String.init).dropLast()
    if !arguments.has(ValidateOptions.draft),
      let draft = folders.reversed().compactMap(Self.draft).first
    {
      options.defaultDraft = draft
    }
    if !arguments.has(ValidateOptions.remotes) {
      let candidates = folders.indices.reversed().map { end in
        "/" + folders[...end].joined(separator: "/") + "/remotes"
      }
      options.library = RemotesFolder(candidates, context).library
    }
    return options
  }

  private static func draft(_ folder: String) -> SchemaDraft? {
    folder.hasPrefix("draft") ? SchemaDraft(named: folder) : nil
  }
}

/// Folders that stand for the server whose schemas the public suite refers to.
struct RemotesFolder: Sendable {
  private static let server = "http://localhost:1234/"
  private let folders: [String]
  private let file: CommandContext.File

  init(_ folders: [String], _ context: CommandContext) {
    self.folders = folders
    file = context.file
  }

  var library: SchemaLibrary { SchemaLibrary { document(at: $0) } }

  /// The first of the folders that has such a file.
  private func document(at uri: String) -> JSON? {
    guard uri.hasPrefix(Self.server) else { return nil }
    let path = uri.dropFirst(Self.server.count)
    if path.split(separator: "/").contains("..") { return nil }
    for folder in folders {
      if let json = read("\(folder)/\(path)") { return json }
    }
    return nil
  }

  private func read(_ path: String) -> JSON? {
    do {
      return try JSON.parse(try file(path, .max))
    } catch {
      // What cannot be read is as unknown as what is not there; the reference that asked is reported.
      return nil
    }
  }
}

extension SchemaSuite.Outcome {
  fileprivate var json: JSON {
    [
      "passed": .number(JSONNumber(passed)), "failed": .number(JSONNumber(failures.count)),
      "failures": .array(
        failures.map { failure in
          [
            "group": .string(failure.group), "case": .string(failure.description),
            "expected": .bool(failure.expected),
            "reasons": .array(failure.reasons.map(JSON.string)),
          ]
        }),
    ]
  }
}

extension SchemaSuite.Failure {
  fileprivate var line: String {
    let wanted = expected ? "should be valid" : "should be invalid"
    let because = reasons.first.map { " (\($0))" } ?? ""
    return "failed: \(group): \(description): \(wanted)\(because)"
  }
}

import Arguments
import JSON
import JSONSchema

extension Command {
  static let validate = Command(
    CommandRow(
      "validate", in: .files, summary: "Check an instance against a JSON Schema",
      details: [
        "Every violation is listed with the place in the instance and the keyword that asks. "
          + "References to the network are never followed; one that leads nowhere is an error.",
        "With --suite a file of cases is run instead, laid out as the public JSON Schema test suite: "
          + "a line for each case that gets another answer than it should, then the count. The draft "
          + "is taken from the file's folders and the remotes from a folder of that name above it, "
          + "unless told otherwise.",
      ],
      options: [
        ValidateOptions.schema, ValidateOptions.instance, ValidateOptions.suite,
        ValidateOptions.draft, ValidateOptions.format, ValidateOptions.remotes, .json,
      ],
      examples: [
        .init("alidade validate --schema tool.json --instance call.json", "Every reason, or none"),
        .init(
          "alidade validate --schema tool.json --instance - --json < call.json", "For programs"),
        .init("alidade validate --suite tests/draft7/items.json", "A file of the public suite"),
      ])
  ) { arguments, context throws(CommandFailure) in
    let suites = arguments.all(ValidateOptions.suite)
    return suites.isEmpty
      ? try InstanceCheck(arguments, context).run()
      : try SuiteCheck(arguments, context).run(suites)
  }
}

/// The options of `validate`, and what they make of the schema compiler's own.
enum ValidateOptions {
  static let schema = OptionRow("schema", takes: ValueRow("FILE", .file), help: "The schema")
  static let instance = OptionRow(
    "instance", takes: ValueRow("FILE", .file), help: "What to check; - is standard input")
  static let suite = OptionRow(
    "suite", takes: ValueRow("FILE", .file), repeats: true, help: "A file of cases to run")
  static let draft = OptionRow(
    "draft",
    takes: ValueRow("DRAFT", .choice(SchemaDraft.allCases.map(\.name), or: SchemaDraft.otherNames)),
    help: "How to read a schema that does not say")
  static let format = OptionRow("format", help: "Let format decide instead of only describe")
  static let remotes = OptionRow(
    "remotes", takes: ValueRow("DIR", .directory),
    help: "What http://localhost:1234/ stands for")

  static func compiling(_ arguments: ParsedArguments, _ context: CommandContext) -> SchemaOptions {
    var options = SchemaOptions()
    if let draft = arguments[draft].flatMap(SchemaDraft.init(named:)) {
      options.defaultDraft = draft
    }
    options.assertsFormats = arguments.has(format)
    if let directory = arguments[remotes] {
      options.library = RemotesFolder([directory], context).library
    }
    return options
  }
}

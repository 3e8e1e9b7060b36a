import Arguments
import JSON

extension Command {
  static let version = Command(
    CommandRow(
      "version", in: .program, summary: "Show the version", options: [.json],
      examples: [.init("alidade version --json", "For scripts")])
  ) { arguments, context in
    if arguments.has(.json) {
      let facts: JSON = ["name": "alidade", "version": .string(Release.version)]
      context.output.document(facts)
    } else {
      context.output.line("alidade \(Release.version)")
    }
    return .ok
  }
}

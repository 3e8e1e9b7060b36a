import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let systems = Command(
    onLoop: CommandRow(
      "systems", in: .serving, summary: "Tell of the systems that can be served",
      details: [
        "With a name, or --markdown, everything of them: tools, scopes, arguments, results, and a call that works of each tool."
      ],
      positionals: [SystemsRows.name], options: [SystemsRows.markdown, .json],
      examples: [.init("alidade systems lumos", "Its tools, each with an example")])
  ) { arguments, context async throws(CommandFailure) in
    let name = arguments[SystemsRows.name]
    if name != nil || arguments.has(SystemsRows.markdown) {
      do throws(OperationFailure) {
        context.output.write(try SystemsReference.markdown(of: name))
      } catch { throw CommandFailure(error) }
    } else if arguments.has(.json) {
      let rows = ServedSystem.all.map { system -> JSON in
        ["name": .string(system.name), "summary": .string(system.summary)]
      }
      let json: JSON = ["systems": .array(rows)]
      context.output.line(json.compact)
    } else {
      let rows = ServedSystem.all.map { [$0.name, "demo:\($0.name)", $0.summary] }
      for line in TextTable(header: ["NAME", "TARGET", "WHAT IT IS"], rows: rows).lines {
        context.output.line(line)
      }
    }
    return .ok
  }
}

private enum SystemsRows {
  static let name = PositionalRow(
    ValueRow("SYSTEM", .choice(ServedSystem.all.map(\.name))), .optional, help: "That one alone")
  static let markdown = OptionRow(
    "markdown", help: "Write the reference of all systems as Markdown")
}

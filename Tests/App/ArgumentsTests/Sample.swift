@testable import Arguments

/// A small program that has every kind of row.
enum Sample {
  static let header = OptionRow(
    "header", short: "H", takes: ValueRow("'K: V'"), repeats: true, help: "Send this header")
  static let timeout = OptionRow(
    "timeout", takes: ValueRow("S", .seconds), help: "Give up after this time")
  static let json = OptionRow("json", short: "j", help: "Write JSON")
  static let verbose = OptionRow("verbose", short: "v", help: "Tell more")
  static let target = PositionalRow(
    ValueRow("TARGET", .known("targets")), yieldsToRest: true, help: "The server")

  static let call = CommandRow(
    "call", in: .servers, summary: "Call a tool",
    details: ["Arguments are typed by the tool's schema: `a=1` is a number only where one is due."],
    positionals: [
      target, PositionalRow(ValueRow("TOOL", .known("tools")), help: "Its name"),
      PositionalRow(ValueRow("ARGUMENT"), .any, help: "name=value"),
    ],
    options: [header, timeout, json, verbose], rest: ValueRow("COMMAND…"),
    examples: [.init("tool call http://localhost:1/mcp add a=1 b=2", "Over HTTP")])

  static let list = CommandRow(
    "list", in: .servers, summary: "List what a server offers",
    positionals: [
      PositionalRow(
        ValueRow("KIND", .choice(["tools", "prompts"])), .optional, help: "What to list"),
      target,
    ], rest: ValueRow("COMMAND…"))

  static let add = CommandRow(
    "servers add", in: .catalog, summary: "Add a server",
    positionals: [PositionalRow(ValueRow("NAME"), help: "Its name")])

  static let check = CommandRow(
    "check", in: .files, summary: "Check a file",
    options: [
      OptionRow("schema", takes: ValueRow("FILE", .file), isRequired: true, help: "The schema"),
      OptionRow("instance", takes: ValueRow("FILE", .file), isRequired: true, help: "The file"),
      OptionRow("depth", takes: ValueRow("N", .integer(1...9)), help: "How deep"),
      OptionRow("form", takes: ValueRow("FORM", .choice(["long", "short"])), help: "Which form"),
    ])

  static let grammar = Grammar(
    program: "tool", summary: "does things",
    commands: [
      call, list, add,
      CommandRow("servers list", in: .catalog, summary: "List the servers"), check,
      CommandRow("__secret", in: .program, summary: "Not shown", isHidden: true),
    ])

  static func words(_ line: String) -> [String] {
    line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  }

  /// All values in one line: options by name, then places, then the rest.
  static func picture(of parsed: ParsedArguments) -> String {
    var parts = parsed.command.options.filter(parsed.has).map {
      "\($0.name)=\(parsed.all($0).joined(separator: ","))"
    }
    parts += parsed.command.positionals.filter { parsed[$0] != nil }.map {
      "\($0.name)=\(parsed.all($0).joined(separator: ","))"
    }
    if !parsed.rest.isEmpty { parts.append("-- \(parsed.rest.joined(separator: ","))") }
    return parts.joined(separator: " ")
  }
}

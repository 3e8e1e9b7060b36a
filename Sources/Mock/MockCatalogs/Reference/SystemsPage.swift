package import EventLoop
import JSON
import JSONSchema
import MCPProtocol
package import MockBackend

/// The reference of the systems that can be served: where, for whom, with which tools, each with a call that works.
@LoopActor
package enum SystemsPage {
  /// `nil` for all of them.
  package static func markdown(of name: String?) throws(WorldError) -> String {
    var lines = [
      "# The systems",
      "",
      "Every system is served by `alidade serve NAME` and reached with nothing else running as `demo:NAME`,"
        + " or as a process of its own as `demo:NAME+stdio`. The data is the same for the same `--seed`;"
        + " dates count from today.",
      "",
    ]
    for row in CatalogRow.all where name == nil || row.name == name {
      guard let plan = row.plan?() else { continue }
      lines += try section(plan, row.summary)
    }
    return lines.joined(separator: "\n")
  }

  private static func section(
    _ plan: SystemPlan, _ summary: String
  ) throws(WorldError) -> [String] {
    let world = try World(plan.world, clock: VirtualClock())
    var lines = [
      "## \(plan.name)", "",
      "\(plan.info.title ?? plan.info.name): \(summary). The server calls itself `\(plan.info.name)`.",
      "",
      "- Over HTTP at \(plan.paths.map { "`\($0)`" }.joined(separator: ", "))",
    ]
    if !plan.memberHeaders.isEmpty {
      let names = plan.memberHeaders.map { "`\($0)`" }.joined(separator: " or ")
      lines.append("- The member is named by \(names)")
    }
    lines += ["- \(plan.instructions)", "", "| tool | scope | does | |", "|---|---|---|---|"]
    for row in plan.tools { lines.append(line(row, plan.scopes.scopes(for: row), "")) }
    for row in plan.localTools { lines.append(line(row, [], "on standard input and output alone")) }
    lines += prompts(plan) + resources(plan)
    for row in plan.tools + plan.localTools { lines += try details(row, plan, world) }
    return lines + [""]
  }

  private static func line(_ row: ToolRow, _ scopes: [String], _ note: String) -> String {
    let scope = scopes.map { "`\($0)`" }.joined(separator: ", ")
    return "| [`\(row.name)`](#\(anchor(row))) | \(scope) | \(row.effect) | \(note) |"
  }

  private static func anchor(_ row: ToolRow) -> String {
    row.name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  private static func prompts(_ plan: SystemPlan) -> [String] {
    guard !plan.prompts.isEmpty else { return [] }
    return ["", "| prompt | arguments | |", "|---|---|---|"]
      + plan.prompts.map { prompt in
        let arguments = prompt.arguments.map { "`\($0.name)`" + ($0.isRequired ? "" : "?") }
        return "| `\(prompt.name)` | \(arguments.joined(separator: ", ")) | \(prompt.summary) |"
      }
  }

  private static func resources(_ plan: SystemPlan) -> [String] {
    guard !plan.resources.isEmpty else { return [] }
    return ["", "| resource | |", "|---|---|"]
      + plan.resources.map { "| `\($0.uri)` | \($0.summary) |" }
  }

  // MARK: - One tool

  private static func details(
    _ row: ToolRow, _ plan: SystemPlan, _ world: World
  ) throws(WorldError) -> [String] {
    var lines = ["", "### \(row.name)", "", row.summary, ""]
    if !row.input.isEmpty {
      lines += ["| argument | value | |", "|---|---|---|"]
      lines += row.input.map { member in
        let name = "`\(member.key)`" + (member.presence == .required ? "" : "?")
        let words = member.schema.json["description"]?.string ?? ""
        return "| \(name) | \(value(member.schema.json)) | \(cell(words)) |"
      }
      lines.append("")
    }
    let members = row.output.json["properties"]?.object?.members ?? []
    if !members.isEmpty {
      let names = members.map { "`\($0.key)` (\(value($0.value)))" }
      lines += ["Returns \(names.joined(separator: ", ")).", ""]
    }
    let arguments = JSON.object(try plan.example(of: row, in: world))
    let target =
      "demo:\(plan.name)" + (plan.localTools.contains { $0.name == row.name } ? "+stdio" : "")
    let given =
      arguments == [:] ? "" : " --args '\(arguments.compact.replacing("'", with: "'\\''"))'"
    lines += [
      "```sh", "alidade call \(target) \(row.name)\(given)", "```", "",
      "Over REST: `\(row.route.text)`.",
    ]
    return lines
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  /// What a value may be, in words.
  private static func value(_ schema: JSON) -> String {
    if let words = schema["enum"]?.array {
      return words.map { $0.isNull ? "null" : "`\($0.string ?? $0.compact)`" }
        .joined(separator: " ")
    }
    let types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? "any"]
    var words = types.joined(separator: " or ")
    if let format = schema["format"]?.string { words += " (\(format))" }
    if types.first == "array", let items = schema["items"] { words = "list of \(value(items))" }
    if let low = schema["minimum"]?.compact, let high = schema["maximum"]?.compact {
      words += " \(low) to \(high)"
    }
    if let usual = schema["default"] { words += ", else `\(usual.compact)`" }
    return words
  }
}

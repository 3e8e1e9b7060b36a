import JSON
import JSONSchema
import MCPProtocol
import SafeText
import TerminalCore
import Widgets

/// A tool's detail as text: what it does and takes, or one of its schemas, or its whole JSON.
struct ToolText {
  /// The parts of the detail, in the order of their tabs.
  static let tabs = ["about", "input schema", "output schema", "json"]

  /// Something that this window knows of it and its server does not say.
  struct Fact {
    let label: String
    let words: String
    var role = Role.text
  }

  private let item: ToolItem
  private let tab: Int
  private let signs: SignSet
  private let facts: [Fact]

  init(_ item: ToolItem, tab: Int, signs: SignSet, facts: [Fact] = []) {
    self.item = item
    self.facts = facts
    self.tab = tab
    self.signs = signs
  }

  var text: TextView {
    var lines = Lines(signs: signs)
    let name = item.tool.name.isEmpty ? "(no name)" : item.tool.name
    lines.plain(signs.safe(name, limit: 500).text, .title)
    lines.plain(
      Self.tabs.enumerated().map { $0.offset == tab ? "[\($0.element)]" : $0.element }
        .joined(separator: "  "), .dim)
    lines.gap()
    switch tab {
    case 1: schema(item.tool.inputSchema, &lines)
    case 2: schema(item.tool.outputSchema, &lines)
    case 3: lines.json(item.raw.pretty)
    default: about(&lines)
    }
    return lines.text
  }

  private func schema(_ schema: JSON?, _ lines: inout Lines) {
    guard let schema else { return lines.plain("the tool gives none", .dim) }
    lines.json(schema.pretty)
  }

  private func about(_ lines: inout Lines) {
    let tool = item.tool
    if let title = tool.title ?? tool.annotations?.title {
      lines.add("title", title)
    }
    lines.add("hints", hints)
    for fact in facts { lines.add(fact.label, fact.words, fact.role) }
    if tool.taskSupport != .forbidden { lines.add("tasks", tool.taskSupport.rawValue) }
    if item.hasHidden {
      lines.plain("Its words hold hidden characters; they are spelled out here.", .badgeHidden)
    }
    if let description = tool.description, !description.isEmpty {
      lines.gap()
      lines.block(description)
    }
    lines.gap()
    arguments(&lines)
    for issue in item.issues { lines.add("check", issue.description, .stateWarn) }
  }

  private var hints: String {
    guard let hints = item.tool.annotations else { return "" }
    let known: [(String, Bool?)] = [
      ("read-only", hints.readOnlyHint), ("destructive", hints.destructiveHint),
      ("idempotent", hints.idempotentHint), ("open world", hints.openWorldHint),
    ]
    return known.compactMap { name, value in value.map { $0 ? name : "not \(name)" } }
      .joined(separator: ", ")
  }

  private func arguments(_ lines: inout Lines) {
    guard let schema = item.tool.inputSchema else {
      return lines.plain("It gives no input schema.", .stateWarn)
    }
    let deriver = FormDeriver(schema)
    let fields = deriver.fields(of: deriver.root)
    if fields.isEmpty {
      lines.add("takes", SchemaWords.of(deriver.root.kind))
    } else {
      lines.plain("Arguments", .title)
    }
    for field in fields {
      lines.add(field.key + (field.isRequired ? " *" : ""), SchemaWords.of(field))
    }
    for finding in SchemaValidator(schema).findings where finding.weight == .defect {
      lines.add("schema", "\(finding.location): \(finding.sentence)", .stateWarn)
    }
    if let output = item.tool.outputSchema {
      lines.add("returns", SchemaWords.of(FormDeriver(output).root.kind))
    }
  }
}

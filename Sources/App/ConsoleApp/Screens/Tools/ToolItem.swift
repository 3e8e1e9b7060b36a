import JSON
import MCPProtocol
import SafeText

/// A tool as the window lists it: what could be read of it, and what is to be said of it.
struct ToolItem: Sendable, Hashable {
  let tool: Tool
  let raw: JSON
  let issues: [ModelIssue]
  /// Its words hold characters that a reader does not see.
  let hasHidden: Bool

  init(_ raw: JSON) {
    let decoded = Decoded<Tool>(raw)
    tool = decoded.value ?? Tool(name: raw["name"]?.string ?? "")
    self.raw = raw
    issues = decoded.issues
    hasHidden = [tool.name, tool.title ?? "", tool.description ?? ""].contains(where: Self.hides)
  }

  private static func hides(_ text: String) -> Bool { SafeText(text, .block).hasHidden }

  /// What its hints claim, in a word: nothing where they say nothing.
  enum Nature: String, Sendable { case readOnly = "ro", write, destructive = "DEL", unknown = "" }

  var nature: Nature {
    guard let hints = tool.annotations else { return .unknown }
    if hints.readOnlyHint == true { return .readOnly }
    if hints.destructiveHint == true { return .destructive }
    return hints.readOnlyHint == false ? .write : .unknown
  }
}

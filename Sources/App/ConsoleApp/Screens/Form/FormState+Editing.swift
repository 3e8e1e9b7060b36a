import JSON
import JSONSchema
import Operations
import Widgets

/// What an editor gave back for one row and cannot be read as its value.
struct FieldDraft: Sendable, Hashable {
  let text: String
  let problem: JSONError
}

/// One answer of a form in the person's own editor.
extension FormState {
  /// Why a row is not for an editor; nil where it is.
  func reasonAgainstEditor(_ row: FormRow?) -> String? {
    if showsJSON { return "all of it is text here" }
    switch row?.field.kind {
    case nil: return "there is nothing to fill in"
    case .boolean?, .choice?, .null?, .constant?: return "it is chosen, not written"
    default: return nil
    }
  }

  /// What is easier written in an editor than in a line.
  func isForEditor(_ row: FormRow) -> Bool {
    guard reasonAgainstEditor(row) == nil, row.option == nil else { return false }
    switch row.field.kind {
    case .integer, .number: return false
    case .text(let text):
      return text.isMultiline || text.mediaType != nil || field.text.contains(where: \.isNewline)
    default: return true
    }
  }

  /// The row that holds the value of a place, not one of its ticks.
  func row(at path: [String]) -> FormRow? {
    rows.first { $0.path == path && $0.option == nil }
  }

  /// The text of a row as an editor gets it.
  func editorText(_ row: FormRow) -> EditorText {
    if let draft = drafts[row.pointer] {
      return EditorText(draft.text, suffix: ".jsonc", line: draft.problem.line)
    }
    let value = value.value(at: row.path)
    guard row.takesText, row.field.kind != .json else {
      return EditorText(header(row) + (value ?? beginning(row)).pretty + "\n", suffix: ".jsonc")
    }
    return EditorText(Self.text(of: value, row.field.kind), suffix: suffix(row))
  }

  /// Takes what the editor left; the error where it is no JSON, which is kept as a draft.
  mutating func takeEdited(_ text: String, at path: [String]) -> JSONError? {
    guard let row = row(at: path) else { return nil }
    guard row.takesText, row.field.kind != .json else { return takeJSON(text, at: row) }
    let had = Self.text(of: value.value(at: path), row.field.kind)
    // Editors end a file with a line break, whether the text has one or not.
    put(text.hasSuffix("\n") && !had.hasSuffix("\n") ? String(text.dropLast()) : text, at: row)
    return nil
  }

  private mutating func takeJSON(_ text: String, at row: FormRow) -> JSONError? {
    let isEmpty = text.split(whereSeparator: \.isNewline).allSatisfy { line in
      let words = line.drop { $0 == " " || $0 == "\t" }
      return words.isEmpty || words.hasPrefix("//")
    }
    do throws(JSONError) {
      set(isEmpty ? nil : try JSON.read(Array(text.utf8), options: .relaxed).value, at: row)
      forgetBranches(below: row)
      move(.by(0))
      return nil
    } catch {
      keep(FieldDraft(text: text, problem: error), at: row)
      return error
    }
  }

  /// What the schema says of it, as comments above the value.
  private func header(_ row: FormRow) -> String {
    var lines = ["\(row.label): \(SchemaWords.of(row.field))"]
    lines += row.field.findings.map(\.sentence)
    if !row.field.examples.isEmpty {
      lines.append(
        "examples: " + row.field.examples.prefix(5).map(\.compact).joined(separator: " "))
    }
    lines += row.field.schemas.flatMap(Self.schemaLines)
    return lines.flatMap { $0.split(whereSeparator: \.isNewline) }.map { "// \($0)\n" }.joined()
  }

  private static let mostSchemaLines = 60

  private static func schemaLines(_ schema: JSON) -> [String] {
    let lines = schema.pretty.split(separator: "\n").map(String.init)
    return lines.count <= mostSchemaLines
      ? lines : lines.prefix(mostSchemaLines) + ["… \(lines.count - mostSchemaLines) more lines"]
  }

  private func beginning(_ row: FormRow) -> JSON {
    if let standard = row.field.defaultValue ?? row.field.examples.first { return standard }
    switch row.field.kind {
    case .list, .choices: return []
    case .group, .union: return [:]
    default: return .null
    }
  }

  /// What kind of file the editor takes it for.
  private func suffix(_ row: FormRow) -> String {
    guard case .text(let text) = row.field.kind else { return ".txt" }
    let type = text.mediaType?.split(separator: ";").first.map { $0.lowercased() } ?? ""
    return Self.suffixes[type] ?? ".txt"
  }

  private static let suffixes: [String: String] = [
    "application/json": ".json", "text/markdown": ".md", "text/html": ".html",
    "application/xml": ".xml", "text/xml": ".xml", "text/csv": ".csv", "application/yaml": ".yaml",
    "application/sql": ".sql", "text/css": ".css", "text/javascript": ".js",
  ]
}

import TestSupport

/// The rows of Package.swift: what each target is called and what it says it uses.
struct Manifest: Sendable {
  struct Row: Sendable {
    let kind: String
    let name: String
    let uses: [String]
  }

  let rows: [Row]

  static let own = Manifest(text: Repository.text(of: "Package.swift") ?? "")

  init(text: String) {
    let list = text.split(separator: "targets: [", maxSplits: 1).last ?? ""
    rows = list.split(separator: "\n").reduce(into: [Substring]()) { calls, line in
      // A row that the formatter broke over lines is put together again.
      let trimmed = line.drop { $0 == " " }
      if trimmed.hasPrefix("//") { return }
      if Self.kinds.contains(where: { trimmed.hasPrefix("\($0)(") }) || calls.isEmpty {
        calls.append(trimmed)
      } else {
        calls[calls.count - 1] += trimmed
      }
    }.compactMap(Self.row)
  }

  private static let kinds = [
    "shim", "testShim", "library", "room", "program", "tests", "support", "treeTests",
  ]

  private static func row(_ call: Substring) -> Row? {
    guard let open = call.firstIndex(of: "(") else { return nil }
    let kind = String(call[..<open])
    guard kinds.contains(kind) else { return nil }
    let halves = call[open...].split(separator: "uses:", maxSplits: 1)
    let quoted = quotedWords(halves[0])
    guard let first = quoted.first else { return nil }
    let uses = halves.count > 1 ? quotedWords(halves[1]) : []
    let isTests = kind == "tests"
    return Row(
      kind: kind, name: isTests ? "\(first)Tests" : first, uses: isTests ? [first] + uses : uses)
  }

  /// Up to the next label, if one follows.
  private static func quotedWords(_ text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  var names: Set<String> { Set(rows.map(\.name)) }
  func row(_ name: String) -> Row? { rows.first { $0.name == name } }
}

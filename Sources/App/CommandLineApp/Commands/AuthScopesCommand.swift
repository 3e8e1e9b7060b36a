import Arguments
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  static let authScopes = Command(
    onLoop: CommandRow(
      "auth scopes", in: .servers, summary: "Compare the scopes that tools want with those granted",
      details: [
        "What a tool wants is read from the server's descriptor, from the tool's _meta and security schemes, from the "
          + "challenge, and from calls that were refused earlier. What was granted is read from the token's claims, "
          + "else from the answer that brought it. Every cell says where it is known from.",
        "Works with a key or a header too; then nobody says what was granted.",
      ],
      positionals: [TargetRows.target], options: TargetRows.options, rest: TargetRows.command,
      examples: [.init("alidade auth scopes https://mcp.example.com/mcp", "One line a tool")])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let matrix = try await run.asked { station async throws(OperationFailure) in
        try await station.scopeMatrix(for: run.definition)
      }
      if run.wantsJSON { return context.output.line(matrix.json.compact) }
      for line in ScopeText.lines(matrix) { context.output.line(line) }
      for gap in matrix.gaps { run.say(gap) }
    }
  }
}

/// The scopes of a server as tables.
enum ScopeText {
  static func lines(_ matrix: ScopeMatrix) -> [String] {
    var lines: [String] = []
    if !matrix.scopes.isEmpty {
      let rows = matrix.scopes.map { row in
        [row.scope, word(row.isRequested), word(row.isGranted), sources(row.sources)]
      }
      lines += TextTable(header: ["SCOPE", "REQUESTED", "GRANTED", "KNOWN FROM"], rows: rows).lines
    }
    guard !matrix.rows.isEmpty else {
      return lines.isEmpty ? ["nothing says what is needed or granted"] : lines
    }
    if !lines.isEmpty { lines.append("") }
    let rows = matrix.rows.flatMap { row in cells(row, matrix) }
    return lines
      + TextTable(header: ["TOOL", "NEEDS", "GRANTED", "KNOWN FROM"], rows: rows).lines
  }

  private static func cells(_ row: ScopeMatrix.Row, _ matrix: ScopeMatrix) -> [[String]] {
    let name =
      (row.tool ?? "(every call)") + (row.isListed || row.tool == nil ? "" : " (not listed)")
    guard !row.needs.isEmpty else { return [[name, "-", "-", "nothing says"]] }
    return row.needs.enumerated().map { place, cell in
      [place == 0 ? name : "", cell.scope, word(cell.isGranted), sources(cell.sources)]
    }
  }

  private static func word(_ flag: Bool?) -> String { flag.map { $0 ? "yes" : "no" } ?? "?" }

  private static func sources(_ sources: [ScopeMatrix.Source]) -> String {
    sources.isEmpty ? "-" : sources.map(\.rawValue).joined(separator: ", ")
  }
}

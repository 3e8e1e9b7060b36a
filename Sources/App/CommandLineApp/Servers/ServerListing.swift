import JSON
import SafeText
import Settings

/// The text of `servers list`: a block for each file, what is odd about it below.
struct ServerListing {
  let known: KnownServers
  let revealing: Bool

  func lines(_ sources: [ServerSource]) -> [String] {
    let width = sources.flatMap(\.result.servers).map(\.name.count).max() ?? 0
    let blocks = sources.filter { !$0.result.servers.isEmpty || !$0.result.findings.isEmpty }
      .map { block($0, width: min(width, 32)) }
    guard !blocks.isEmpty else {
      return ["No servers are known yet. `alidade servers add NAME TARGET` adds one."]
    }
    return Array(blocks.joined(separator: [""]))
  }

  private func block(_ source: ServerSource, width: Int) -> [String] {
    var lines = ["\(source.title)  \(safe(known.shown(source.path)))"]
    lines += source.result.servers.map { line($0, width: width) }
    return lines + Self.findings(source.result.findings).map { "  \($0)" }
  }

  private func line(_ server: ServerDefinition, width: Int) -> String {
    let name = safe(server.name)
    let gap = String(repeating: " ", count: max(0, width - name.count))
    let kind = server.transport.rawValue
    let kindGap = String(repeating: " ", count: 6 - kind.count)
    let address = safe(server.shown(revealing: revealing).address)
    return "  \(name)\(gap)  \(kind)\(kindGap) \(address)\(remarks(server))"
  }

  private func remarks(_ server: ServerDefinition) -> String {
    var remarks: [String] = []
    if server.isDisabled { remarks.append("disabled") }
    if let project = server.origin.project { remarks.append("for \(safe(known.shown(project)))") }
    if server.origin.needsConsent { remarks.append("of the project") }
    if server.bridge != nil { remarks.append("by mcp-remote") }
    return remarks.isEmpty ? "" : "  (\(remarks.joined(separator: ", ")))"
  }

  private func safe(_ text: String) -> String { SafeText(text).text }

  static func findings(_ findings: [ConfigFinding]) -> [String] {
    findings.map { "\($0.severity.rawValue): \(SafeText($0.line).text)" }
  }

  func json(_ sources: [ServerSource]) -> JSON {
    let servers = sources.flatMap(\.result.servers).map { $0.json(revealing: revealing) }
    let findings = sources.flatMap { source in
      source.result.findings.map { $0.json(path: source.path) }
    }
    return ["servers": .array(servers), "findings": .array(findings)]
  }
}

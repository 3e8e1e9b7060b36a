import JSON

@testable import Settings

/// What an importer makes of a text, as lines that a test can quote.
struct Imported {
  let servers: [String]
  let findings: [String]

  init(_ id: String, _ text: String, trust: Origin.Trust = .user) {
    let origin = Origin(trust: trust, source: id, path: "/f")
    let result = Importer.named(id)?.read(Array(text.utf8), origin: origin) ?? ImportResult()
    servers = result.servers.map(Self.line)
    findings = result.findings.map { "\($0.severity.rawValue): \($0.line)" }
  }

  private static func line(_ server: ServerDefinition) -> String {
    var parts = [server.name, server.transport.rawValue]
    if let url = server.url { parts.append(url) }
    parts += server.words.map { ShellWords.join([$0]) }
    parts += server.headers.map { "[\($0.name): \($0.value)]" }
    parts += server.environment.map { "\($0.name)=\($0.value)" }
    if let directory = server.directory { parts.append("cwd=\(directory)") }
    if let timeout = server.timeout { parts.append("timeout=\(timeout)") }
    if let project = server.origin.project { parts.append("project=\(project)") }
    if !server.rest.isEmpty { parts.append("rest=\(server.rest.keys.joined(separator: ","))") }
    if server.isDisabled { parts.append("disabled") }
    return parts.joined(separator: " ")
  }
}

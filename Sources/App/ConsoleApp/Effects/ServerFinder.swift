package import Settings

/// Finds the servers that this machine's files speak of: the own catalog's first, then those of other programs.
package struct ServerFinder: Sendable {
  private let places: ConfigPlaces

  package init(places: ConfigPlaces) { self.places = places }

  package func report() -> ServerReport {
    let catalog = ServerCatalog(places: places)
    let own = rows(of: catalog.load(), source: "alidade", path: catalog.path)
    let found = Discovery(places: places).find().flatMap { config in
      rows(of: config.result, source: config.importer.id, path: config.path)
    }
    let broken = (own + found).filter { $0.transport == .file }
    return ServerReport(
      rows: own + found,
      problems: broken.map { "\($0.name): \($0.findings.first ?? "it cannot be read")" })
  }

  /// The servers of one file; a file that gave none of what it should is a row of its own, so that it is seen.
  private func rows(of result: ImportResult, source: String, path: String) -> [ServerRow] {
    let names = Set(result.servers.map(\.name))
    let general = result.findings.filter { $0.server.map { !names.contains($0) } ?? true }
    let servers = result.servers.map { definition in
      row(of: definition, result.findings.filter { $0.server == definition.name }, path: path)
    }
    let isWorthTelling = result.failure != nil || general.contains { $0.severity == .error }
    guard isWorthTelling else { return servers }
    var file = ServerRow(
      name: shown(path), transport: .file, target: "", source: source, path: shown(path),
      findings: general.map(\.line))
    file.isEnabled = false
    return servers + [file]
  }

  /// A definition as the window lists it.
  func row(
    of definition: ServerDefinition, _ findings: [ConfigFinding] = [], path: String = ""
  ) -> ServerRow {
    let shown = definition.shown(revealing: false)
    var row = ServerRow(
      name: definition.name, transport: .init(definition.transport), target: shown.address,
      source: definition.origin.source, path: self.shown(definition.origin.path ?? path),
      isEnabled: !definition.isDisabled, findings: findings.map(\.sentenceWithField))
    row.facts = facts(of: shown)
    row.definition = definition
    return row
  }

  private func facts(of shown: ServerDefinition) -> [ServerRow.Fact] {
    var facts = shown.headers.map { ServerRow.Fact("header", "\($0.name): \($0.value)") }
    facts += shown.environment.map { ServerRow.Fact("env", "\($0.name)=\($0.value)") }
    let rest: [(String, String?)] = [
      ("cwd", shown.directory), ("about", shown.note), ("speaks", shown.protocolVersion),
      ("project", shown.origin.project.map(self.shown)),
      ("bridge", shown.bridge.map(ShellWords.join)),
      ("trust", shown.origin.needsConsent ? "the project's file: look before you connect" : nil),
      ("tls", shown.tls.isInsecure ? "certificates are not checked" : nil),
      ("line", shown.origin.position.map { String($0.line) }),
    ]
    return facts + rest.compactMap { label, text in text.map { ServerRow.Fact(label, $0) } }
  }

  /// A path as people write it.
  private func shown(_ path: String) -> String {
    guard places.home != "/", path.hasPrefix(places.home + "/") else { return path }
    return "~" + path.dropFirst(places.home.count)
  }
}

extension ConfigFinding {
  fileprivate var sentenceWithField: String {
    [field, sentence].compactMap(\.self).joined(separator: ": ")
  }
}

extension ServerRow.Transport {
  fileprivate init(_ kind: TransportKind) { self = Self(rawValue: kind.rawValue) ?? .auto }
}

extension Importer {
  /// Reads a file's bytes; whatever is wrong with them is a finding.
  package func read(_ bytes: [UInt8], origin: Origin, isDedicated: Bool = true) -> ImportResult {
    do throws(ConfigSyntaxError) {
      let document = try ConfigDocument.read(bytes, as: language)
      var result = read(document.root, origin: origin, isDedicated: isDedicated)
      result.findings = document.findings + result.findings
      return result
    } catch {
      return ImportResult(findings: [ConfigFinding(.error, .syntax(error), at: error.position)])
    }
  }

  private func read(_ root: ConfigNode, origin: Origin, isDedicated: Bool) -> ImportResult {
    if let document = extras.document { return document(root, origin) }
    guard root.members != nil else {
      let kind = ConfigFinding.Kind.notAnObject(found: root.kindWord)
      return ImportResult(findings: [ConfigFinding(.error, kind, at: root.position)])
    }
    var result = ImportResult()
    for section in sections(of: root, isDedicated: isDedicated, &result.findings) {
      var origin = origin
      origin.project = section.project
      read(section, origin: origin, root: root, into: &result)
    }
    return result
  }

  private func read(
    _ section: ConfigSection, origin: Origin, root: ConfigNode, into result: inout ImportResult
  ) {
    guard let members = section.node.members else {
      let kind = ConfigFinding.Kind.notAnObject(found: section.node.kindWord)
      result.findings.append(ConfigFinding(.error, kind, at: section.node.position))
      return
    }
    let last = Dictionary(members.indices.map { (members[$0].key, $0) }) { $1 }
    for (index, member) in members.enumerated() where last[member.key] == index {
      guard let entry = extras.entry(member) else { continue }
      let (read, findings) = EntryReader.read(entry, shape: shape, origin: origin)
      result.findings += findings
      guard var definition = read else { continue }
      result.findings += extras.finish(&definition, root)
      definition = MCPRemote.server(behind: definition) ?? definition
      result.findings += EntryChecks.findings(in: definition, client: shape.client) { field in
        entry.node.place(ofField: field, shape) ?? entry.keyPosition
      }
      result.servers.append(definition)
    }
  }

  // MARK: - Sections

  private func sections(
    of root: ConfigNode, isDedicated: Bool, _ findings: inout [ConfigFinding]
  ) -> [ConfigSection] {
    let own =
      shape.sections.compactMap { root[path: $0].map { ConfigSection(node: $0) } }
      + extras.sections(root)
    if !own.isEmpty { return own }
    let expected = shape.sections.first?.joined(separator: ".") ?? ""
    guard let (found, place, section) = Self.strayedSection(in: root) else {
      if isDedicated, root.members?.isEmpty == false {
        findings.append(ConfigFinding(.note, .noSection(expected: expected)))
      }
      return []
    }
    findings.append(
      ConfigFinding(.error, .wrongSection(found: found, expected: expected), at: place))
    return [ConfigSection(node: section)]
  }

  /// Names under which servers stand in other clients' files, or in nobody's.
  private static let otherSections = [
    ["mcpServers"], ["servers"], ["mcp_servers"], ["mcp", "servers"], ["mcp"],
    ["context_servers"], ["server"], ["mcpServer"], ["mcp-servers"], ["mcpservers"],
    ["MCPServers"], ["mcp.servers"], ["extensions"],
  ]

  static func strayedSection(
    in root: ConfigNode
  ) -> (name: String, place: TextPosition, node: ConfigNode)? {
    for path in otherSections {
      if let node = root[path: path], holdsServers(node) {
        let place = path.first.flatMap { root.member($0)?.keyPosition } ?? node.position
        return (path.joined(separator: "."), place, node)
      }
    }
    return holdsServers(root) ? ("the top of the file", root.position, root) : nil
  }

  private static func holdsServers(_ node: ConfigNode) -> Bool {
    guard let members = node.members, !members.isEmpty else { return false }
    return members.allSatisfy { member in
      ["command", "url", "cmd", "httpUrl", "serverUrl", "uri"].contains {
        member.node[$0] != nil
      }
    }
  }
}

extension ConfigNode {
  /// Where the value of `headers.Authorization`, `args[2]` or `url` stands in an entry.
  func place(ofField field: String?, _ shape: ClientShape) -> TextPosition? {
    guard let field else { return nil }
    let head = field.prefix { $0 != "." && $0 != "[" }
    let roles: [Substring: EntryField] = [
      "url": .url(.auto), "headers": .headers, "env": .environment, "args": .arguments,
      "command": .command, "cwd": .directory,
    ]
    guard let role = roles[head],
      let member = members?.last(where: { member in
        let meant = shape.fields[member.key] ?? EntryField.everyName[member.key]
        return meant?.isSameRole(as: role) ?? false
      })
    else { return nil }
    let rest = field.dropFirst(head.count)
    if rest.hasPrefix(".") {
      return member.node[String(rest.dropFirst())]?.position ?? member.keyPosition
    }
    if rest.hasPrefix("["), let index = Int(rest.dropFirst().dropLast()),
      let elements = member.node.elements, elements.indices.contains(index)
    {
      return elements[index].position
    }
    return member.node.position
  }
}

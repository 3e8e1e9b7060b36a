import Settings

extension FuzzSubject {
  /// Every reader of other clients' files takes whatever stands there: servers, findings, or a reason.
  static let importers = FuzzSubject(
    "importers",
    words: [
      "\"mcpServers\": {", "\"command\": ", "\"args\": [", "\"env\": {", "\"url\": ", "\"servers\"",
      "[mcp_servers.x]\n", "command = \"x\"\n", "extensions:\n", "  x:\n", "    cmd: ", "- ", "\n",
      "${HOME}", "${env:X}", "${input:y}", "//", ",", "{", "}", "\"type\": \"http\"", "&a ", "*a",
      "\"\"\"", "'''", "|\n", ">-\n", "? ",
    ]
  ) { bytes in
    for importer in Importer.all {
      for isDedicated in [true, false] {
        let result = importer.read(
          bytes, origin: Origin(trust: .user, source: importer.id), isDedicated: isDedicated)
        let silent = result.findings.first { $0.line.isEmpty }
        if silent != nil { return "a finding of \(importer.id) has no sentence" }
      }
    }
    return nil
  }
}

/// A server as the window lists it: a plain value, whoever found it.
package struct ServerRow: Sendable, Hashable {
  package enum Transport: String, Sendable, Hashable, CaseIterable {
    case stdio
    case http
    case sse
    case auto
    case embedded
  }

  package var name: String
  package var transport: Transport
  /// The command line or the URL, as the configuration gives it.
  package var target: String
  /// Who knows it: our own configuration, or the client whose file it was found in.
  package var source: String
  /// The file it stands in.
  package var path: String
  package var isEnabled: Bool
  /// What is wrong with its configuration, a sentence each.
  package var findings: [String]

  package init(
    name: String, transport: Transport, target: String, source: String, path: String = "",
    isEnabled: Bool = true, findings: [String] = []
  ) {
    self.name = name
    self.transport = transport
    self.target = target
    self.source = source
    self.path = path
    self.isEnabled = isEnabled
    self.findings = findings
  }
}

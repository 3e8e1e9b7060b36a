package import Settings

/// A server as the window lists it: a plain value, whoever found it.
package struct ServerRow: Sendable, Hashable {
  package enum Transport: String, Sendable, Hashable, CaseIterable {
    case stdio
    case http
    case sse
    case auto
    case embedded
    /// No server: a file that could not be read for any.
    case file
  }

  /// A line of the detail: what it tells, and its words with secrets masked.
  package struct Fact: Sendable, Hashable {
    package var label: String
    package var text: String

    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
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
  /// Headers, variables and whatever else its file says of it.
  package var facts: [Fact] = []
  /// What is wrong with its configuration, a sentence each.
  package var findings: [String]
  /// What a connection is made of; nil where there is nothing to connect to.
  package var definition: ServerDefinition?

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

extension ServerRow {
  /// The target as a shell takes it after a command's words, secrets masked.
  package var shellTarget: String {
    if source == "alidade" { return ShellWords.join(["@" + name]) }
    if source == "demo" { return "demo:\(name)" }
    return transport == .stdio ? "-- \(target)" : ShellWords.join([target])
  }
}

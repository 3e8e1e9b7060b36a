/// The options that every command with a target takes, as their words stand on the command line.
package struct TargetOptions: Sendable, Hashable {
  /// `Name: value`, each `-H`.
  package var headers: [String] = []
  /// `NAME=value`, each `-e`; `NAME` alone passes the variable on.
  package var variables: [String] = []
  package var directory: String?
  package var transport: String?
  package var protocolVersion: String?
  package var authorities: String?
  package var certificate: String?
  package var key: String?
  package var isInsecure = false
  /// Seconds.
  package var timeout: String?

  package init() {}
}

extension TargetOptions {
  /// The definition with what the options say; they win over what a configuration says.
  package func apply(
    to definition: ServerDefinition
  ) throws(TargetError) -> ServerDefinition {
    var result = definition
    if definition.command == nil {
      try refuse(
        directory.map { _ in "--cwd" } ?? (variables.isEmpty ? nil : "-e"),
        as: TargetError.optionNeedsCommand)
      try applyHTTP(to: &result)
    } else {
      try refuse(firstHTTPOption, as: TargetError.optionNeedsURL)
      for word in variables { result.environment.set(try variable(word), ignoringCase: false) }
      result.directory = directory ?? result.directory
    }
    try applyTransport(to: &result)
    if let timeout {
      guard let seconds = Double(timeout), seconds > 0, seconds.isFinite else {
        throw .badTimeout(timeout)
      }
      result.timeout = seconds
    }
    result.protocolVersion = protocolVersion ?? result.protocolVersion
    return result
  }

  private var firstHTTPOption: String? {
    if !headers.isEmpty { return "-H" }
    if isInsecure { return "--insecure" }
    let files = [("--cacert", authorities), ("--cert", certificate), ("--key", key)]
    return files.first { $0.1 != nil }?.0
  }

  private func refuse(
    _ option: String?, as error: (String) -> TargetError
  ) throws(TargetError) {
    if let option { throw error(option) }
  }

  private func applyHTTP(to definition: inout ServerDefinition) throws(TargetError) {
    for line in headers { definition.headers.set(try header(line), ignoringCase: true) }
    definition.tls.authorities = authorities ?? definition.tls.authorities
    definition.tls.certificate = certificate ?? definition.tls.certificate
    definition.tls.key = key ?? definition.tls.key
    definition.tls.isInsecure = isInsecure || definition.tls.isInsecure
    if definition.tls.key != nil, definition.tls.certificate == nil {
      throw .keyWithoutCertificate
    }
  }

  private func applyTransport(to definition: inout ServerDefinition) throws(TargetError) {
    guard let transport else { return }
    let kind = TransportKind(rawValue: transport)
    guard let kind, (kind == .stdio) == (definition.command != nil) || kind == .auto else {
      throw .badTransport(transport, for: definition.command == nil ? "an address" : "a command")
    }
    definition.transport = kind == .auto && definition.command != nil ? .stdio : kind
  }

  private func header(_ line: String) throws(TargetError) -> NamedValue {
    guard let header = NamedValue(headerLine: line) else { throw .badHeader(line, .noColon) }
    if let problem = header.headerProblem { throw .badHeader(header.name, problem) }
    return header
  }

  private func variable(_ word: String) throws(TargetError) -> NamedValue {
    let equals = word.firstIndex(of: "=") ?? word.endIndex
    let name = String(word[..<equals])
    guard NamedValue.isVariableName(name) else { throw .badVariable(word) }
    guard equals < word.endIndex else { return NamedValue(name, "${\(name)}") }
    return NamedValue(name, String(word[word.index(after: equals)...]))
  }
}

import SafeText

/// How the values of a definition are shown: secrets masked, references to variables left readable.
package enum Masking {
  package static func header(_ header: NamedValue) -> String {
    isOnlyReferences(header.value) ? header.value : Redaction.header(header.name, header.value)
  }

  package static func variable(_ variable: NamedValue) -> String {
    if isOnlyReferences(variable.value) { return variable.value }
    return SecretNames.isSecret(variable.name) ? Secret.mask : Redaction.text(variable.value)
  }

  /// Arguments may carry a header, a token after its option, or a URL with either.
  package static func arguments(_ arguments: [String]) -> [String] {
    var before = ""
    return arguments.map { argument in
      defer { before = argument }
      if isOnlyReferences(argument) { return argument }
      if before == "--header" || before == "-H" { return headerLine(argument) }
      if before.hasPrefix("-"), isSecretOption(before) { return Secret.mask }
      return assignment(argument) ?? Redaction.text(argument)
    }
  }

  /// `--token=…`, and `NAME=…` as it stands after `-e`.
  private static func assignment(_ word: String) -> String? {
    guard let equals = word.firstIndex(of: "="), isSecretOption(String(word[..<equals])) else {
      return nil
    }
    return word[...equals] + Secret.mask
  }

  private static func headerLine(_ line: String) -> String {
    guard let header = NamedValue(headerLine: line) else { return Redaction.text(line) }
    return "\(header.name): \(Self.header(header))"
  }

  private static func isSecretOption(_ word: String) -> Bool {
    SecretNames.isSecret(String(word.drop { $0 == "-" }))
  }

  /// Whether nothing but `${…}` stands there, a scheme such as `Bearer` allowed in front.
  private static func isOnlyReferences(_ value: String) -> Bool {
    var rest = value[...]
    for scheme in ["Bearer ", "Basic ", "Token "] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    guard rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") else { return false }
    // A default value may itself be the secret.
    return rest.index(after: end) == rest.endIndex && !rest.contains(":-")
  }
}

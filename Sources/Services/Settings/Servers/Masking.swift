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

  /// A line of a JSON or TOML file: every string that stands under a secret name is masked.
  package static func configLine(_ line: String) -> String {
    var result = ""
    var name = ""
    var rest = line[...]
    while let quote = rest.firstIndex(of: "\"") {
      let before = rest[..<quote]
      let isValue = before.trimmed.hasSuffix(":") || before.trimmed.hasSuffix("=")
      if let key = bareKey(before) { name = key }
      let inner = rest[rest.index(after: quote)...]
      guard let end = endOfString(inner) else { break }
      let text = String(inner[..<end])
      result += before + "\"" + (isValue ? value(text, under: name) : Redaction.text(text)) + "\""
      if !isValue { name = text }
      rest = inner[inner.index(after: end)...]
    }
    return result + rest
  }

  /// `NAME` in `NAME = "…"`.
  private static func bareKey(_ text: Substring) -> String? {
    let trimmed = text.trimmed
    guard trimmed.hasSuffix("=") else { return nil }
    let name = trimmed.dropLast().split(whereSeparator: { " \t,{".contains($0) }).last
    return name.map(String.init)
  }

  private static func endOfString(_ text: Substring) -> Substring.Index? {
    var isEscaped = false
    for index in text.indices {
      if isEscaped {
        isEscaped = false
      } else if text[index] == "\\" {
        isEscaped = true
      } else if text[index] == "\"" {
        return index
      }
    }
    return nil
  }

  private static func value(_ text: String, under name: String) -> String {
    let pair = NamedValue(name, text)
    let shown = header(pair)
    return shown == text ? variable(pair) : shown
  }
}

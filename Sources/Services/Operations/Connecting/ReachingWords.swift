import Settings

/// A definition as the words of a command line that lead to it again. Secrets in them are masked, so that the words
/// may be kept; a catalog's entry is its name, and its secrets stay where they are.
enum ReachingWords {
  static func of(_ definition: ServerDefinition) -> [String] {
    if definition.origin.trust != .commandLine { return ["@\(definition.name)"] }
    let shown = definition.shown(revealing: false)
    let pinned = definition.protocolVersion.map { ["--protocol", $0] } ?? []
    return shown.command == nil ? address(shown) + pinned : pinned + command(shown)
  }

  private static func address(_ definition: ServerDefinition) -> [String] {
    var words = [definition.url ?? ""]
    for header in definition.headers { words += ["-H", "\(header.name): \(header.value)"] }
    if definition.transport != .auto { words += ["--transport", definition.transport.rawValue] }
    let files = [
      ("--cacert", definition.tls.authorities), ("--cert", definition.tls.certificate),
      ("--key", definition.tls.key),
    ]
    for case (let flag, let file?) in files { words += [flag, file] }
    return words + (definition.tls.isInsecure ? ["--insecure"] : [])
  }

  private static func command(_ definition: ServerDefinition) -> [String] {
    var words = definition.environment.flatMap { ["-e", "\($0.name)=\($0.value)"] }
    if let directory = definition.directory { words += ["--cwd", directory] }
    return words + ["--"] + definition.words
  }
}

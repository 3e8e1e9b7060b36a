import JSON

/// The languages that clients keep their configuration in.
package enum ConfigLanguage: String, Sendable, Hashable {
  case json
  /// JSON with comments.
  case commentedJSON
  /// JSON with comments and with commas after the last entry.
  case relaxedJSON
  case toml
  case yaml
}

/// A configuration file as a tree, with what its own client would stumble over.
package struct ConfigDocument: Sendable {
  package let root: ConfigNode
  package let findings: [ConfigFinding]

  /// Reads more than the client would, and tells the difference in findings.
  package static func read(
    _ bytes: [UInt8], as language: ConfigLanguage
  ) throws(ConfigSyntaxError) -> ConfigDocument {
    // Clients create their files empty; that is no mistake.
    if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      let root = ConfigNode(.object([]), at: TextPosition(line: 1, column: 1))
      return ConfigDocument(root: root, findings: [])
    }
    return switch language {
    case .toml: ConfigDocument(root: try TOML.parse(bytes), findings: [])
    case .yaml: ConfigDocument(root: try YAML.parse(bytes), findings: [])
    case .json, .commentedJSON, .relaxedJSON: try readJSON(bytes, as: language)
    }
  }

  /// Reads no more than the client itself would, so that what is written into the file will be read.
  static func readStrictly(
    _ bytes: [UInt8], as language: ConfigLanguage
  ) throws(ConfigSyntaxError) -> ConfigDocument {
    let document = try read(bytes, as: language)
    if let finding = document.findings.first(where: { $0.severity == .error }) {
      let place = finding.position ?? document.root.position
      throw ConfigSyntaxError(.json, finding.sentence, at: place)
    }
    return document
  }

  private static func readJSON(
    _ bytes: [UInt8], as language: ConfigLanguage
  ) throws(ConfigSyntaxError) -> ConfigDocument {
    var options = JSONReadingOptions.relaxed
    options.depthLimit = 100
    do throws(JSONError) {
      let reading = try JSON.read(bytes, options: options)
      return ConfigDocument(
        root: JSONPlaces.node(of: reading.value, in: bytes),
        findings: reading.findings.compactMap { finding($0, language) })
    } catch {
      let place = TextPosition(line: error.line, column: error.column)
      throw ConfigSyntaxError(.json, error.sentence, at: place)
    }
  }

  private static func finding(
    _ finding: JSONFinding, _ language: ConfigLanguage
  ) -> ConfigFinding? {
    let place = TextPosition(line: finding.position.line, column: finding.position.column)
    switch finding.kind {
    case .comment: return language == .json ? ConfigFinding(.error, .comment, at: place) : nil
    case .trailingComma:
      return language == .relaxedJSON ? nil : ConfigFinding(.error, .trailingComma, at: place)
    case .byteOrderMark: return ConfigFinding(.warning, .byteOrderMark, at: place)
    case .duplicateKey(let key): return ConfigFinding(.warning, .duplicateKey(key), at: place)
    default: return ConfigFinding(.warning, .brokenText(finding.sentence), at: place)
    }
  }
}

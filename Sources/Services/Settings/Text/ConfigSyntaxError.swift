/// Why a configuration file cannot be read: what is wrong, and where.
package struct ConfigSyntaxError: Error, Sendable, Hashable {
  package enum Language: String, Sendable { case json = "JSON", toml = "TOML", yaml = "YAML" }

  package let language: Language
  /// The problem without its place.
  package let sentence: String
  package let position: TextPosition

  package init(_ language: Language, _ sentence: String, at position: TextPosition) {
    self.language = language
    self.sentence = sentence
    self.position = position
  }
}

extension ConfigSyntaxError: CustomStringConvertible {
  package var description: String { "\(position): \(sentence)" }
}

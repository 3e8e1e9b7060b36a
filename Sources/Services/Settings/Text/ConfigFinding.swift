/// Something in a configuration that its client or its server will not do as its writer meant.
package struct ConfigFinding: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    case note, warning, error

    package static func < (left: Severity, right: Severity) -> Bool {
      left == .note && right != .note || left == .warning && right == .error
    }
  }

  package enum Kind: Sendable, Hashable {
    // The file
    case syntax(ConfigSyntaxError)
    case unreadable(String)
    case comment
    case trailingComma
    case byteOrderMark
    case duplicateKey(String)
    case brokenText(String)
    // The sections
    case wrongSection(found: String, expected: String)
    case noSection(expected: String)
    case notAnObject(found: String)
    // The entry
    case wrongMember(found: String, expected: String)
    case wrongValue(expected: String, found: String)
    case neitherURLNorCommand
    case bothURLAndCommand(used: String)
    case missingType(expected: String)
    case unknownType(String, expected: [String])
    case typeConflict(type: String, with: String)
    case addressesUnsupported(client: String)
    case commandNeedsSplitting(String)
    case misplaced(what: String, hint: String)
    // The values
    case badURL(String, URLProblem)
    case badHeader(TargetError.HeaderProblem)
    case doubledScheme(String)
    case placeholder(String)
    case secretInProject
    case secretWithoutTLS
    case notExpanded(String, client: String)
    case notResolvable(String)
    case variablesElsewhere(file: String)
    case service(ServiceFinding)
  }

  package let severity: Severity
  package let kind: Kind
  /// The server it concerns, nil for the file.
  package let server: String?
  /// The member, as `headers.Authorization` or `args[2]`.
  package let field: String?
  package let position: TextPosition?

  package init(
    _ severity: Severity, _ kind: Kind, server: String? = nil, field: String? = nil,
    at position: TextPosition? = nil
  ) {
    self.severity = severity
    self.kind = kind
    self.server = server
    self.field = field
    self.position = position
  }
}

extension ConfigFinding {
  /// `line 3, column 5: alumia: url: …` without file name.
  package var line: String {
    [position?.description, server, field, sentence].compactMap(\.self).joined(separator: ": ")
  }
}

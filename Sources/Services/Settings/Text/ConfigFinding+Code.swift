extension ConfigFinding {
  /// A name for the kind of fault, for scripts.
  package var code: String {
    switch kind {
    case .syntax: "config-syntax"
    case .unreadable: "config-unreadable"
    case .comment, .trailingComma, .byteOrderMark: "config-not-strict"
    case .duplicateKey: "config-duplicate"
    case .wrongSection, .noSection: "config-wrong-section"
    case .wrongMember: "config-wrong-member"
    case .neitherURLNorCommand, .bothURLAndCommand, .missingType, .unknownType, .typeConflict,
      .addressesUnsupported:
      "config-transport"
    case .commandNeedsSplitting: "config-command-line"
    case .badURL: "config-address"
    case .badHeader: "config-header"
    case .doubledScheme: "config-doubled-scheme"
    case .placeholder: "config-placeholder"
    case .secretWithoutTLS, .secretInProject: "config-secret-exposed"
    case .misplaced: "config-misplaced"
    case .notExpanded, .notResolvable, .variablesElsewhere: "config-variable"
    case .service(let finding): finding.code
    case .brokenText, .notAnObject, .wrongValue: "config-value"
    }
  }

  /// What to do about it, without full stop; nil where its sentence says so.
  package var remedy: String? {
    switch kind {
    case .doubledScheme(let scheme): "give the value with one '\(scheme)' in front"
    case .placeholder: "put the real value in its place"
    case .secretWithoutTLS: "use https://"
    case .wrongSection(_, let expected): "move them under '\(expected)'"
    case .wrongMember(_, let expected): "rename it to '\(expected)'"
    case .service(let finding): finding.remedy
    default: nil
    }
  }
}

extension ServiceFinding {
  fileprivate var code: String {
    switch self {
    case .variable, .missingVariable: "config-wrong-variable"
    case .header, .missingHeader: "config-wrong-header"
    case .keyForm: "config-key-form"
    case .address: "config-wrong-path"
    case .notYet: "config-not-available"
    case .noKeyWanted: "config-no-key-wanted"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .address(_, let expected): "use \(expected)"
    case .variable(_, let expected), .header(_, let expected): "rename it to \(expected)"
    case .missingVariable(_, let name): "set \(name) where the server is started: -e \(name)=…"
    case .missingHeader(_, let names): "add it: -H '\(names.first ?? "Name"): …'"
    case .keyForm(_, let prefixes):
      "copy the whole key: it begins with \(prefixes.joined(separator: " or "))"
    case .noKeyWanted: "leave it out and sign in: alidade auth login TARGET"
    case .notYet: "use the address that its documents name today"
    }
  }
}

extension TargetError {
  /// A name for the kind of fault, as files have it.
  package var code: String {
    switch self {
    case .scheme, .url, .addressWithoutScheme: "config-address"
    case .badHeader: "config-header"
    case .badVariable: "config-variable"
    case .commandLine: "config-command-line"
    case .unknownServer, .disabledServer: "config-unknown-server"
    default: "config-words"
    }
  }
}

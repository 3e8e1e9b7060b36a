extension ConfigFinding {
  /// What is wrong, and what to write instead where that is known.
  package var sentence: String {
    switch kind {
    case .syntax(let error): error.sentence
    case .unreadable(let reason): "the file cannot be read: \(reason)"
    case .comment: "a comment; this client's reader takes none and drops the whole file"
    case .trailingComma:
      "a comma after the last entry; this client's reader takes none and drops the whole file"
    case .byteOrderMark: "the file begins with a byte order mark"
    case .duplicateKey(let key): "'\(key)' stands here again; only the last one counts"
    case .brokenText(let what): what
    case .wrongSection(let found, let expected):
      "servers stand under '\(found)', this client looks under '\(expected)'"
    case .noSection(let expected): "there is no '\(expected)' section"
    case .notAnObject(let found): "an object is expected here, not \(found)"
    case .wrongMember(let found, let expected):
      "'\(found)' is not read by this client; it calls that '\(expected)'"
    case .wrongValue(let expected, let found): "\(expected) is expected, not \(found)"
    case .neitherURLNorCommand: "there is neither an address nor a command"
    case .bothURLAndCommand(let used):
      "there is an address and a command; \(used) is taken, drop the other"
    case .missingType(let expected):
      "without \"type\" this client takes it for a command; write \(expected)"
    case .unknownType(let type, let expected):
      "'\(type)' is no type; this client knows \(expected.joined(separator: ", "))"
    case .typeConflict(let type, let other): "the type is '\(type)', but there is \(other)"
    case .addressesUnsupported(let client):
      "\(client) starts commands only from this file; add the address in its settings, or run npx -y mcp-remote URL"
    case .commandNeedsSplitting(let command):
      "'\(command)' is taken as one program name; put its arguments into the list of arguments"
    case .misplaced(let what, let hint): "\(what) has no effect here; \(hint)"
    case .badURL(let url, let problem): "\(url) is no address: \(problem.sentence)"
    case .badHeader(.name): "this is no header name"
    case .badHeader(.value): "the value has a line break or control character in it"
    case .badHeader(.framing): "this header belongs to the connection and cannot be set"
    case .badHeader(.noColon): "there is no ':' between name and value"
    case .doubledScheme(let scheme): "'\(scheme)' stands there twice"
    case .placeholder(let text): "\(text) still waits for its value"
    case .secretInProject:
      "a secret stands in a file of the project; refer to a variable instead"
    case .secretWithoutTLS: "a secret goes over http without encryption"
    case .notExpanded(let text, let client):
      "\(client) does not expand \(text); it goes out as it stands"
    case .notResolvable(let text): "\(text) can only be resolved by the client itself"
    case .variablesElsewhere(let file):
      "the variables in \(file) are not read; set those that the server needs under 'env'"
    case .service(let finding): finding.sentence
    }
  }
}

/// How one client writes its servers: where they stand and what their members are called.
struct ClientShape: Sendable {
  /// The client's name in sentences.
  var client: String
  /// Keys from the top to the object that holds the servers, the usual one first.
  var sections: [[String]]
  var fields: [String: EntryField]
  /// The words of `type`.
  var types: [String: TransportKind]
  /// What must stand beside an address, where the client does not infer it.
  var typeForAddress: String?
  var takesAddresses = true
  /// Whether `command` is a list with the arguments in it.
  var commandIsList = false
  var dialect: VariableDialect

  /// This client's own name for a role.
  func name(of field: EntryField) -> String? {
    fields.filter { $0.value.isSameRole(as: field) }.keys.min { ($0.count, $0) < ($1.count, $1) }
  }

  /// The shape that most clients share, to be varied.
  static func common(
    _ client: String, _ dialect: VariableDialect, sections: [[String]] = [["mcpServers"]],
    adding more: [String: EntryField] = [:], types: [String: TransportKind] = commonTypes
  ) -> ClientShape {
    ClientShape(
      client: client, sections: sections,
      fields: commonFields.merging(more) { _, new in new }, types: types, dialect: dialect)
  }

  static let commonFields: [String: EntryField] = [
    "type": .type, "url": .url(.auto), "headers": .headers, "command": .command,
    "args": .arguments, "env": .environment, "cwd": .directory, "disabled": .disabled,
    "description": .note,
  ]

  static let commonTypes: [String: TransportKind] = [
    "stdio": .stdio, "http": .http, "sse": .sse, "streamable-http": .http,
  ]

  /// The kind that a type's word means to any client; nil for a word that none knows.
  static func kind(ofAny word: String) -> TransportKind? {
    switch word.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
    case "stdio", "local", "command": .stdio
    case "http", "https", "streamablehttp", "streamable": .http
    case "sse", "httpsse": .sse
    case "remote", "url", "auto": .auto
    default: nil
    }
  }
}

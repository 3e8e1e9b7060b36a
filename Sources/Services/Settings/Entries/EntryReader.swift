import JSON

/// Reads one server's entry: takes what can be meant, tells what its client would not take.
struct EntryReader {
  let shape: ClientShape
  var definition: ServerDefinition
  var findings: [ConfigFinding] = []
  private var typeWord: String?
  private var addressKind = TransportKind.auto
  private let position: TextPosition

  init(_ member: ConfigNode.Member, shape: ClientShape, origin: Origin) {
    self.shape = shape
    position = member.keyPosition
    var origin = origin
    origin.position = member.keyPosition
    definition = ServerDefinition(name: member.key, transport: .auto, origin: origin)
    definition.dialect = shape.dialect
  }

  static func read(
    _ member: ConfigNode.Member, shape: ClientShape, origin: Origin
  ) -> (definition: ServerDefinition?, findings: [ConfigFinding]) {
    var reader = EntryReader(member, shape: shape, origin: origin)
    guard let members = member.node.members else {
      reader.note(.error, .notAnObject(found: member.node.kindWord), nil, member.node.position)
      return (nil, reader.findings)
    }
    for member in members { reader.read(member) }
    guard reader.settleTransport() else { return (nil, reader.findings) }
    return (reader.definition, reader.findings)
  }

  mutating func note(
    _ severity: ConfigFinding.Severity, _ kind: ConfigFinding.Kind, _ field: String?,
    _ place: TextPosition
  ) {
    findings.append(
      ConfigFinding(severity, kind, server: definition.name, field: field, at: place))
  }

  // MARK: - Members

  private mutating func read(_ member: ConfigNode.Member) {
    if let field = shape.fields[member.key] { return take(member, as: field) }
    guard let field = Self.meant(by: member.key, in: shape) else {
      definition.rest.members.append(.init(key: member.key, value: member.node.json))
      return
    }
    if let own = shape.name(of: field) {
      note(
        .error, .wrongMember(found: member.key, expected: own), member.key, member.keyPosition)
    }
    take(member, as: field)
  }

  /// A name of another client, or this client's name in another spelling.
  private static func meant(by key: String, in shape: ClientShape) -> EntryField? {
    let plain = plain(key)
    if let own = shape.fields.first(where: { Self.plain($0.key) == plain }) { return own.value }
    return EntryField.everyName[key]
      ?? EntryField.everyName.first { Self.plain($0.key) == plain }?.value
  }

  private static func plain(_ key: String) -> String {
    key.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  private mutating func take(_ member: ConfigNode.Member, as field: EntryField) {
    if member.node.isNull { return }
    switch field {
    case .type: typeWord = string(member)
    case .url(let kind):
      definition.url = string(member) ?? definition.url
      if kind != .auto { addressKind = kind }
    case .command: takeCommand(member)
    case .arguments: definition.arguments += strings(member)
    case .environment: definition.environment += pairs(member)
    case .passedVariables:
      definition.environment += strings(member).map { NamedValue($0, reference(to: $0)) }
    case .headers: definition.headers += pairs(member)
    case .headerVariables:
      definition.headers += pairs(member).map { NamedValue($0.name, reference(to: $0.value)) }
    case .bearerVariable:
      if let name = string(member) {
        definition.headers.append(NamedValue("Authorization", "Bearer \(reference(to: name))"))
      }
    case .bearer:
      if let token = string(member) {
        definition.headers.append(NamedValue("Authorization", "Bearer \(token)"))
      }
    default: takeSetting(member, as: field)
    }
  }

  /// A variable that the file names without writing a reference, in a form its texts understand.
  private func reference(to name: String) -> String {
    shape.dialect.forms.contains(.braces) ? "${\(name)}" : "${env:\(name)}"
  }

  private mutating func takeSetting(_ member: ConfigNode.Member, as field: EntryField) {
    switch field {
    case .directory: definition.directory = string(member)
    case .disabled: definition.isDisabled = bool(member) ?? definition.isDisabled
    case .enabled: definition.isDisabled = bool(member).map { !$0 } ?? definition.isDisabled
    case .milliseconds: definition.timeout = number(member).map { $0 / 1000 }
    case .seconds: definition.timeout = number(member)
    case .protocolVersion: definition.protocolVersion = string(member)
    case .note: definition.note = string(member)
    case .authorities: definition.tls.authorities = string(member)
    case .certificate: definition.tls.certificate = string(member)
    case .key: definition.tls.key = string(member)
    case .insecure: definition.tls.isInsecure = bool(member) ?? false
    default:
      if field == .environmentFile, let file = string(member) {
        note(.warning, .variablesElsewhere(file: file), member.key, member.keyPosition)
      }
      definition.rest.members.append(.init(key: member.key, value: member.node.json))
    }
  }

  // MARK: - The transport

  /// Decides what the entry is; false where nothing can be connected to.
  private mutating func settleTransport() -> Bool {
    let stated = takeType()
    if definition.url != nil, definition.command != nil {
      let isCommand = stated == .stdio
      note(
        .error, .bothURLAndCommand(used: isCommand ? "the command" : "the address"), nil, position)
      if isCommand { definition.url = nil } else { definition.command = nil }
    }
    if definition.command != nil {
      if let stated, stated != .stdio, let typeWord {
        note(.error, .typeConflict(type: typeWord, with: "a command"), "type", position)
      }
      definition.transport = .stdio
      return true
    }
    guard definition.url != nil else {
      note(.error, .neitherURLNorCommand, nil, position)
      return false
    }
    settleAddress(stated)
    return true
  }

  private mutating func settleAddress(_ stated: TransportKind?) {
    if stated == .stdio, let typeWord {
      note(.error, .typeConflict(type: typeWord, with: "an address"), "type", position)
    }
    if !shape.takesAddresses {
      note(.warning, .addressesUnsupported(client: shape.client), "url", position)
    } else if stated == nil, typeWord == nil, let expected = shape.typeForAddress {
      note(.error, .missingType(expected: expected), nil, position)
    }
    let kind = stated == .stdio ? nil : stated
    definition.transport = kind.flatMap { $0 == .auto ? nil : $0 } ?? addressKind
  }

  private mutating func takeType() -> TransportKind? {
    guard let typeWord else { return nil }
    if let kind = shape.types[typeWord] { return kind }
    if !shape.types.isEmpty {
      note(.error, .unknownType(typeWord, expected: shape.types.keys.sorted()), "type", position)
    }
    return ClientShape.kind(ofAny: typeWord)
  }
}

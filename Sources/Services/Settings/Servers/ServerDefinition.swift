package import JSON

/// A server as a configuration describes it; variables in it are not expanded yet.
package struct ServerDefinition: Sendable, Hashable {
  package struct TLS: Sendable, Hashable {
    /// PEM file with the authorities to trust instead of the system's.
    package var authorities: String?
    package var certificate: String?
    package var key: String?
    /// No check at all: only ever by the user's own word, for one server, and always shown.
    package var isInsecure = false

    package init() {}
  }

  package var name: String
  package var transport: TransportKind
  package var url: String?
  package var headers: [NamedValue] = []
  package var command: String?
  package var arguments: [String] = []
  package var environment: [NamedValue] = []
  package var directory: String?
  package var tls = TLS()
  /// Seconds for a whole request; nil leaves it to the client.
  package var timeout: Double?
  /// A revision to speak instead of negotiating one.
  package var protocolVersion: String?
  package var note: String?
  /// The command that bridged to the address, where the definition was one.
  package var bridge: [String]?
  package var isDisabled = false
  /// How its texts refer to variables.
  package var dialect = VariableDialect.alidade
  /// What a client would ask its user for, by the id that `${input:id}` names.
  package var inputs: [ConfigInput] = []
  package var origin: Origin
  /// Members that mean nothing here, as they were.
  package var rest: JSONObject = [:]

  package init(name: String, transport: TransportKind, origin: Origin) {
    self.name = name
    self.transport = transport
    self.origin = origin
  }

  /// The command line with its arguments, for stdio servers.
  package var words: [String] { command.map { [$0] + arguments } ?? [] }
}

/// A value that a configuration leaves to its user.
package struct ConfigInput: Sendable, Hashable {
  package var id: String
  package var note: String?
  package var isSecret: Bool
  package var fallback: String?

  package init(id: String, note: String? = nil, isSecret: Bool = false, fallback: String? = nil) {
    self.id = id
    self.note = note
    self.isSecret = isSecret
    self.fallback = fallback
  }
}

/// Where a definition was found and how far it is to be trusted.
package struct Origin: Sendable, Hashable {
  /// A project's file comes with the project: nothing of it runs or is expanded before the user has seen it.
  package enum Trust: String, Sendable, Hashable { case commandLine, user, project }

  package var trust: Trust
  /// Row id of the importer, `alidade` for the own catalog.
  package var source: String
  package var path: String?
  package var position: TextPosition?
  /// The project directory that a section of a user's file speaks of.
  package var project: String?

  package init(
    trust: Trust, source: String, path: String? = nil, position: TextPosition? = nil,
    project: String? = nil
  ) {
    self.trust = trust
    self.source = source
    self.path = path
    self.position = position
    self.project = project
  }

  package static let commandLine = Origin(trust: .commandLine, source: "command line")

  /// Whether the user must have seen the definition before anything of it is run or expanded.
  package var needsConsent: Bool { trust == .project }
}

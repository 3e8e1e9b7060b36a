import EventLoop
package import Faults
import JSON
package import MCPProtocol
package import MCPServer
package import MockBackend
import Synchronization

/// All that is known of one system: its rows, and the world behind them.
package struct SystemPlan: Sendable {
  package let name: String
  /// As the documents of the system call the server.
  package let info: Implementation
  package let instructions: String
  package let world: WorldSystem
  package let tools: [ToolRow]
  /// Tools for the program's own user alone, on standard input and output.
  package var localTools: [ToolRow] = []
  package var prompts: [PromptRow] = []
  package var resources: [ResourceRow] = []
  /// What REST answers and no tool does.
  package var restOnly: [ToolRow] = []
  var scopes = ScopeRule.none
  /// For examples, by argument or by `tool.argument`.
  var samples: [String: Sample] = [:]
  /// Where the server answers over HTTP; a segment that begins with a colon stands for any.
  package var paths = ["/mcp"]
  /// What is told at paths that people take for the endpoint.
  package var hints: [Hint] = []
  /// Whether sessions have a stream of what the server tells by itself.
  package var pushes = true
  /// Who a caller with a good credential is in the system.
  package var admission: Admission?
  /// By which of its headers a caller says on whose behalf it calls, the first that is there.
  package var memberHeaders: [String] = []
  /// How a missing scope is told.
  package var scopeWords: CredentialGate.ScopeWords?
  var iconLetter = "A"
  var iconColor = "#3b5bdb"
  /// Single items of a family of resources, listed as resources.
  var listed: Listed?
  /// The address of a record that changed.
  var address: @Sendable (_ kind: String, _ id: String) -> String? = { _, _ in nil }

  /// What a token of the REST API has to be good for; the tools' own scopes without it.
  var restScopes: ScopeRule?
  /// Whether keys can be made over REST, as the documents of the system show it.
  package var mintsKeys = false
  /// Who can sign in; nil for systems that know no people.
  package var people: (@LoopActor @Sendable (World) throws(WorldError) -> [SystemPerson])?

  package typealias Admission =
    @LoopActor @Sendable (Caller, Credentials, World, FaultBoard?) -> CredentialVerdict

  package struct Hint: Sendable, Hashable {
    package let path: String
    package let status: Int
    package let sentence: String
  }

  struct Listed: Sendable {
    let tool: String
    let list: String
    let key: String
    let title: String
    let uri: String
    let type: String
  }

  init(
    _ name: String, _ info: Implementation, _ instructions: String, _ world: WorldSystem,
    tools: [ToolRow]
  ) {
    self.name = name
    self.info = info
    self.instructions = instructions
    self.world = world
    self.tools = tools
  }

  /// Every row that can be asked for, over MCP or REST.
  package var rows: [ToolRow] { tools + localTools + restOnly }

  @LoopActor
  func more(_ desk: SystemDesk) -> (@LoopActor (Caller) async throws -> [Resource])? {
    guard let listed else { return nil }
    return { caller in
      let answer = try await desk.ask(listed.tool, ["limit": 100], caller)
      return (answer[listed.list]?.array ?? []).map { item in
        let key = item[listed.key]?.string ?? ""
        var resource = Resource(
          uri: ArgumentText(["key": key]).filled(listed.uri), name: key, mimeType: listed.type)
        resource.title = item[listed.title]?.string
        return resource
      }
    }
  }

  @LoopActor
  func attach(_ desk: SystemDesk, _ registry: Registry) {
    observe(desk.faults, registry)
    desk.world?.onChange = { [weak registry] change in
      switch change {
      case .record(let kind, let id):
        if let uri = address(kind, id) { registry?.announce(.resource(uri: uri)) }
      case .listing: registry?.announce(.resources)
      case .access:
        registry?.announce(.tools)
        registry?.announce(.prompts)
      }
    }
  }

  /// A flag or a role that is switched changes what is listed.
  private func observe(_ faults: FaultBoard?, _ registry: Registry) {
    let watched = [BackendFault.noTools, BackendFault.flagOff]
    let before = Mutex(Set<String>())
    _ = faults?.observe { [weak registry] active in
      let now = active.intersection(watched.map(\.id))
      let isNew = before.withLock { old in
        defer { old = now }
        return old != now
      }
      guard isNew else { return }
      Task { @LoopActor in registry?.announce(.tools) }
    }
  }

  /// A letter on a coloured ground, drawn in the address itself.
  var icon: Icon {
    var icon = Icon()
    let picture =
      "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
      + "%3Crect width='32' height='32' rx='7' fill='%23\(iconColor.dropFirst())'/%3E"
      + "%3Ctext x='16' y='22' font-family='sans-serif' font-size='17' text-anchor='middle' "
      + "fill='white'%3E\(iconLetter)%3C/text%3E%3C/svg%3E"
    icon.src = "data:image/svg+xml," + picture.replacing(" ", with: "%20")
    icon.mimeType = "image/svg+xml"
    icon.sizes = ["any"]
    return icon
  }
}

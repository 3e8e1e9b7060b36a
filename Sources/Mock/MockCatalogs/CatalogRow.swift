import EventLoop
import MCPProtocol
package import MCPServer
package import MockBackend

/// A catalog that can be served, by the name people call it.
package struct CatalogRow: Sendable {
  package let name: String
  package let summary: String
  /// What the system is made of, put together when it is asked for; nil for fixtures.
  package let plan: (@Sendable () -> SystemPlan)?
  private let fixed: (@Sendable () -> Catalog)?

  private init(_ name: String, _ summary: String, _ plan: @escaping @Sendable () -> SystemPlan) {
    self.name = name
    self.summary = summary
    self.plan = plan
    fixed = nil
  }

  private init(_ name: String, _ summary: String, fixed catalog: @escaping @Sendable () -> Catalog)
  {
    self.name = name
    self.summary = summary
    plan = nil
    fixed = catalog
  }

  @LoopActor
  package func make(_ wish: CatalogWish) throws(WorldError) -> Catalog {
    if let plan { return try plan().catalog(wish) }
    return fixed?() ?? Catalog(info: .init(name: name, version: ""))
  }

  /// Every catalog of the program; a new one is a folder and a row here.
  package static let all: [CatalogRow] = [
    CatalogRow(
      "conformance", "the fixtures of the public conformance suite",
      fixed: { ConformanceCatalog.catalog }),
    CatalogRow("alumia", "agents, sessions, memories and balance of an organization") {
      AlumiaCatalog.plan
    },
    CatalogRow("alloy-sessions", "chats, files and diffs behind session links") {
      AlloySessionsCatalog.plan
    },
    CatalogRow("alloy-projects", "projects, tickets, sprints, time and money") {
      AlloyProjectsCatalog.plan
    },
    CatalogRow("lumos", "an app store, and requests for access") { LumosCatalog.plan },
    CatalogRow("allv", "agents of a workspace, in a member's name, with approvals") {
      AllvCatalog.plan
    },
  ]

  package static func named(_ name: String) -> CatalogRow? { all.first { $0.name == name } }
}

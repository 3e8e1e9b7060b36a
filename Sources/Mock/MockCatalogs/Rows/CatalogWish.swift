package import EventLoop
package import Faults
import MCPProtocol
package import MCPServer
package import MockBackend

/// With what a system is to be served.
package struct CatalogWish: Sendable {
  package var world = WorldOptions()
  /// Where the data is asked for; nil has it in this process.
  package var api: RestClient?
  /// On standard input and output, for the program's own user.
  package var isLocal = false
  package var faults: FaultBoard?
  /// Looks, before each call, whether faults were switched elsewhere.
  package var glance: (@LoopActor () -> Void)?
  /// What waits for a person's word; in memory without one.
  package var approvals: ApprovalStore?
  package var clock: any LoopClock
  /// Given the desk as soon as there is one, for whoever serves it in another way too.
  package var opened: (@LoopActor (SystemDesk) -> Void)?

  package init(clock: any LoopClock) { self.clock = clock }
}

extension SystemPlan {
  /// The system as it is served by that wish.
  @LoopActor
  package func catalog(_ wish: CatalogWish) throws(WorldError) -> Catalog {
    let desk = try SystemDesk(self, wish)
    wish.opened?(desk)
    let scopes = wish.isLocal ? ScopeRule.none : scopes
    var info = info
    info.icons = [Decoded(of: icon)]
    let shown = wish.isLocal ? tools + localTools : tools
    return Catalog(
      info: info, instructions: instructions,
      tools: shown.map { $0.tool(desk, scopes: scopes, icon: icon) },
      resources: resources.filter(\.variables.isEmpty).map {
        $0.resource(desk, scopes: scopes.reading)
      },
      templates: resources.filter { !$0.variables.isEmpty }.map {
        $0.template(desk, scopes: scopes.reading)
      },
      prompts: prompts.map { $0.prompt(desk, scopes: scopes.reading) },
      moreResources: more(desk), attach: { registry in attach(desk, registry) })
  }
}

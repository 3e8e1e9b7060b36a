import EventLoop
package import MCPProtocol

/// Everything one system offers; it knows no transport, no credential and no audit.
package struct Catalog: Sendable {
  package var info: Implementation
  package var instructions: String?
  package var tools: [ServerTool]
  package var resources: [ServerResource]
  package var templates: [ServerTemplate]
  package var prompts: [ServerPrompt]
  /// Further resources, listed behind the fixed ones and read through templates; asked for every list.
  package var moreResources: (@LoopActor (Caller) async throws -> [Resource])?
  /// Hands the catalog the registry it lives in, so that it can announce changes later.
  package var attach: (@LoopActor (Registry) -> Void)?

  package init(
    info: Implementation, instructions: String? = nil, tools: [ServerTool] = [],
    resources: [ServerResource] = [], templates: [ServerTemplate] = [],
    prompts: [ServerPrompt] = [],
    moreResources: (@LoopActor (Caller) async throws -> [Resource])? = nil,
    attach: (@LoopActor (Registry) -> Void)? = nil
  ) {
    self.info = info
    self.instructions = instructions
    self.tools = tools
    self.resources = resources
    self.templates = templates
    self.prompts = prompts
    self.moreResources = moreResources
    self.attach = attach
  }
}

/// Something about a catalog that is no longer as it was listed or read.
package enum CatalogChange: Sendable, Hashable {
  case tools
  case prompts
  case resources
  case resource(uri: String)
}

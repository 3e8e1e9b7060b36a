package import EventLoop
import HTTPCore
import JSON
import JSONSchema
import MCPEras
package import MCPProtocol

/// The items of a catalog while a server runs: looked up by name, changed at will, listeners told.
@LoopActor
package final class Registry {
  package nonisolated let info: Implementation
  package let instructions: String?
  private(set) var tools: [RegisteredTool] = []
  private(set) var resources: [ServerResource] = []
  private(set) var templates: [RegisteredTemplate] = []
  private(set) var prompts: [ServerPrompt] = []
  let moreResources: (@LoopActor (Caller) async throws -> [Resource])?
  private var toolIndex: [String: Int] = [:]
  private var promptIndex: [String: Int] = [:]
  private var resourceIndex: [String: Int] = [:]
  var onChange: (@LoopActor (CatalogChange) -> Void)?

  package init(_ catalog: Catalog) {
    info = catalog.info
    instructions = catalog.instructions
    moreResources = catalog.moreResources
    set(tools: catalog.tools)
    set(resources: catalog.resources, templates: catalog.templates)
    set(prompts: catalog.prompts)
    catalog.attach?(self)
  }

  // MARK: - Changing

  package func set(tools new: [ServerTool]) {
    tools = new.map(RegisteredTool.init)
    toolIndex = Self.index(tools.map(\.tool.name))
    announce(.tools)
  }

  package func set(prompts new: [ServerPrompt]) {
    prompts = new
    promptIndex = Self.index(new.map(\.name))
    announce(.prompts)
  }

  package func set(resources new: [ServerResource], templates newTemplates: [ServerTemplate]) {
    resources = new
    templates = newTemplates.compactMap(RegisteredTemplate.init)
    resourceIndex = Self.index(new.map(\.definition.uri))
    announce(.resources)
  }

  /// Tells listeners; also for what changed behind the items, such as who may see them.
  package func announce(_ change: CatalogChange) { onChange?(change) }

  private static func index(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  // MARK: - Looking up

  func tool(_ name: String, for caller: Caller) -> RegisteredTool? {
    guard let index = toolIndex[name] else { return nil }
    let found = tools[index]
    return found.tool.isVisible?(caller) ?? true ? found : nil
  }

  func prompt(_ name: String, for caller: Caller) -> ServerPrompt? {
    guard let index = promptIndex[name] else { return nil }
    return prompts[index].isVisible?(caller) ?? true ? prompts[index] : nil
  }

  /// What answers for that address, and the variables where a template does.
  func reader(of uri: String, for caller: Caller) -> ResourceReader? {
    if let index = resourceIndex[uri], resources[index].isVisible?(caller) ?? true {
      return ResourceReader(resources[index])
    }
    for entry in templates where entry.template.isVisible?(caller) ?? true {
      if let found = entry.address.match(uri) { return ResourceReader(entry.template, found) }
    }
    return nil
  }

  var offer: ServerOffer {
    var offer = ServerOffer()
    offer.hasTools = !tools.isEmpty
    offer.hasPrompts = !prompts.isEmpty
    offer.hasResources = !resources.isEmpty || !templates.isEmpty || moreResources != nil
    offer.completes =
      prompts.contains { !$0.completers.isEmpty }
      || templates.contains { !$0.template.completers.isEmpty }
    offer.logs = true
    offer.runsTasks = tools.contains { $0.tool.task != .never }
    offer.instructions = instructions
    return offer
  }
}

/// A tool with its schemas, compiled by the first call. Calls share it: a definition is much to copy.
@LoopActor
final class RegisteredTool {
  let tool: ServerTool
  let arguments: ToolSchema
  let output: ToolSchema?
  let mirror: MirrorPlan

  init(_ tool: ServerTool) {
    self.tool = tool
    arguments = ToolSchema(tool.definition.inputSchema ?? true)
    output = tool.definition.outputSchema.map { ToolSchema($0) }
    mirror = MirrorPlan(schema: tool.definition.inputSchema)
  }
}

/// A schema that is compiled once something is to fit it: a server of hundreds of tools answers before all are.
@LoopActor
final class ToolSchema {
  private let schema: JSON
  private var compiled: SchemaValidator?

  init(_ schema: JSON) { self.schema = schema }

  var validator: SchemaValidator {
    if let compiled { return compiled }
    let made = SchemaValidator(schema)
    compiled = made
    return made
  }
}

/// A template with its address pattern; one that is no template is left out.
struct RegisteredTemplate: Sendable {
  let template: ServerTemplate
  let address: URITemplate

  init?(_ template: ServerTemplate) {
    self.template = template
    do { address = try URITemplate(template.definition.uriTemplate) } catch { return nil }
  }
}

/// Whoever reads an address: a fixed resource or a template.
struct ResourceReader: Sendable {
  let scopes: [String]
  let hints: CachingHints
  let variables: [String: String]
  let handler: Handler<[ResourceContents]>

  init(_ resource: ServerResource) {
    scopes = resource.scopes
    hints = resource.hints
    variables = [:]
    handler = resource.handler
  }

  init(_ template: ServerTemplate, _ values: [String: URITemplateValue]) {
    scopes = template.scopes
    hints = template.hints
    variables = values.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
    handler = template.handler
  }
}

import MCPProtocol
import MCPServer

/// What the public conformance suite expects of a server under test.
enum ConformanceCatalog {
  static let catalog = Catalog(
    info: Implementation(name: "alidade-conformance", version: "1.0.0", title: "Conformance"),
    instructions: "Fixtures of the public conformance suite.",
    tools: contentTools + talkingTools + askingTools + roundTools + taskTools + otherTools,
    resources: resources, templates: templates, prompts: prompts)
}

import EventLoop
import JSON
import MCPProtocol
import MCPServer
import MockBackend

/// A resource, or a family of them: an address, and the tool whose answer stands there.
package struct ResourceRow: Sendable {
  package let uri: String
  package let name: String
  package let title: String
  package let summary: String
  package let variables: [ArgumentRow]
  let tool: String
  let arguments: JSONObject
  let type: String
  /// What of the answer is shown, where it is not all of it.
  let text: (@Sendable (JSON) -> String)?

  init(
    _ uri: String, _ name: String, _ title: String, _ summary: String,
    _ variables: [ArgumentRow] = [], of tool: String, _ arguments: JSONObject = [:],
    type: String = "application/json", text: (@Sendable (JSON) -> String)? = nil
  ) {
    self.uri = uri
    self.name = name
    self.title = title
    self.summary = summary
    self.variables = variables
    self.tool = tool
    self.arguments = arguments
    self.type = type
    self.text = text
  }

  @LoopActor
  func resource(_ desk: SystemDesk, scopes: [String]) -> ServerResource {
    var definition = Resource(uri: uri, name: name, mimeType: type)
    definition.title = title
    definition.description = summary
    return ServerResource(definition, scopes: scopes) { invocation async throws in
      try await read(invocation, desk)
    }
  }

  @LoopActor
  func template(_ desk: SystemDesk, scopes: [String]) -> ServerTemplate {
    ServerTemplate(
      ResourceTemplate(uri, name: name, title: title, summary, mimeType: type), scopes: scopes,
      completers: ArgumentRow.completers(variables, desk)
    ) { invocation in try await read(invocation, desk) }
  }

  @LoopActor
  private func read(
    _ invocation: Invocation, _ desk: SystemDesk
  ) async throws -> [ResourceContents] {
    let wanted = ArgumentText(invocation.variables).filled(arguments) ?? [:]
    do {
      let answer = try await desk.ask(tool, wanted, invocation.caller)
      return [
        ResourceContents(
          uri: invocation.uri, mimeType: type, text: text.map { $0(answer) } ?? answer.pretty)
      ]
    } catch let error as WorldError {
      if error.code == .notFound { throw ResourceMissing(invocation.uri) }
      throw ProtocolFailure(code: -32603, message: error.description)
    }
  }
}

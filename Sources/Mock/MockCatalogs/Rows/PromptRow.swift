import EventLoop
import JSON
import MCPProtocol
import MCPServer
import MockBackend

/// One prompt of a system: what it asks a model to do, and the live data that goes with it.
package struct PromptRow: Sendable {
  /// Data of a tool under a heading; `{name}` in an argument is the prompt's argument of that name.
  struct Part: Sendable {
    let heading: String
    let tool: String
    let arguments: JSONObject

    init(_ heading: String, _ tool: String, _ arguments: JSONObject = [:]) {
      self.heading = heading
      self.tool = tool
      self.arguments = arguments
    }
  }

  package let name: String
  package let title: String
  package let summary: String
  package let arguments: [ArgumentRow]
  let parts: [Part]
  let text: String

  init(
    _ name: String, _ title: String, _ summary: String, _ arguments: [ArgumentRow] = [],
    data parts: [Part] = [], _ text: String
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.arguments = arguments
    self.parts = parts
    self.text = text
  }

  @LoopActor
  func prompt(_ desk: SystemDesk, scopes: [String]) -> ServerPrompt {
    let definition = Prompt(
      name, title: title, summary,
      arguments: arguments.map {
        PromptArgument($0.name, $0.summary, isRequired: $0.isRequired, title: $0.title)
      })
    return ServerPrompt(
      definition, scopes: scopes, completers: ArgumentRow.completers(arguments, desk)
    ) { invocation in
      do { return try await render(invocation, desk) } catch let error as WorldError {
        throw ProtocolFailure(code: -32602, message: error.description)
      }
    }
  }

  @LoopActor
  private func render(
    _ invocation: Invocation, _ desk: SystemDesk
  ) async throws -> PromptResult {
    let given = ArgumentText(
      invocation.arguments.members.reduce(into: [:]) { $0[$1.key] = $1.value.string })
    var pieces = [given.filled(text)]
    for part in parts {
      guard let arguments = given.filled(part.arguments) else { continue }
      let answer = try await desk.ask(part.tool, arguments, invocation.caller)
      pieces.append("## \(given.filled(part.heading))\n\n```json\n\(answer.pretty)\n```")
    }
    return PromptResult(
      [(.user, .text(pieces.joined(separator: "\n\n")))], description: summary)
  }
}

/// Texts with `{name}` in them, filled in.
struct ArgumentText: Sendable {
  private let values: [String: String]

  init(_ values: [String: String]) {
    self.values = values.filter { !$0.value.isEmpty }
  }

  /// `{name|other}` is the other where nothing was given.
  func filled(_ text: String) -> String {
    var pieces: [Substring] = []
    for (place, piece) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated()
    {
      guard place > 0, let end = piece.firstIndex(of: "}") else {
        pieces.append(place > 0 ? "{" + piece : piece)
        continue
      }
      let halves = piece[..<end].split(separator: "|", maxSplits: 1)
      let value = values[String(halves.first ?? "")] ?? String(halves.count > 1 ? halves[1] : "")
      pieces.append(value + piece[piece.index(after: end)...])
    }
    return pieces.joined()
  }

  /// Members of arguments that were not given are left out; nil where a `!` asks for one that is missing.
  func filled(_ arguments: JSONObject) -> JSONObject? {
    var filled = JSONObject()
    for member in arguments.members {
      guard let text = member.value.string, text.hasPrefix("{"), text.hasSuffix("}") else {
        filled[member.key] = member.value
        continue
      }
      let isNeeded = text.hasSuffix("!}")
      let value = self.filled(isNeeded ? text.dropLast(2) + "}" : text)
      if !value.isEmpty { filled[member.key] = .string(value) } else if isNeeded { return nil }
    }
    return filled
  }
}

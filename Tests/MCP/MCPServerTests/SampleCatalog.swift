import EventLoop
import JSON
import JSONSchema
import MCPProtocol

@testable import MCPServer

/// A small catalog with one tool of each kind.
enum Sample {
  static let catalog = Catalog(
    info: Implementation(name: "sample", version: "1.0"), instructions: "Be kind.",
    tools: [add, wait, name, two, broken, secret, job, later], resources: [note],
    templates: [file], prompts: [greeting])

  static let add = ServerTool(
    Tool(
      "add", "Adds two numbers",
      input: .object([.integer("a", .required), .integer("b", .required)]),
      output: .object([.integer("sum", .required)]), annotations: .readOnly)
  ) { invocation in
    let sum = (invocation.integer("a") ?? 0) + (invocation.integer("b") ?? 0)
    return .structured(["sum": .number(JSONNumber(sum))])
  }

  static let wait = ServerTool(Tool("wait", "Tells how far it has come, then ends")) {
    invocation async throws in
    invocation.progress(1, of: 2, "half")
    invocation.log(.info, "half way")
    invocation.log(.debug, "details")
    try await invocation.sleep(for: .seconds(1))
    return .text("done")
  }

  /// Not in the catalog of every test: only streams of a session can be left.
  static let away = ServerTool(Tool("away", "Lets its client come back")) {
    invocation async throws in
    invocation.log(.info, "before")
    invocation.pauseStream(retryAfter: .milliseconds(500))
    // On the test's own clock, which it turns on once it has left.
    try await invocation.sleep(for: .seconds(1))
    return .text("done")
  }

  static let name = ServerTool(Tool("name", "Asks for a name")) { invocation async throws in
    let schema = Schema.object([.string("name", .required)]).json
    let answer = try await invocation.elicit("Your name?", schema, key: "user")
    return .text("\(answer.action.rawValue) \(answer.content?["name"]?.string ?? "-")")
  }

  static let two = ServerTool(Tool("two", "Asks twice")) { invocation async throws in
    let schema = Schema.object([.string("it", .required)]).json
    let first = try await invocation.elicit("First?", schema)
    let second = try await invocation.elicit("Second?", schema)
    let words = [first, second].map { $0.content?["it"]?.string ?? "-" }
    return .text(words.joined(separator: " "))
  }

  static let broken = ServerTool(
    Tool("broken", "Gives what its schema forbids", output: .object([.integer("n", .required)]))
  ) { _ in .structured(["n": "no number"]) }

  static let secret = ServerTool(Tool("secret", "Needs a scope"), scopes: ["write"]) { _ in
    .text("secret")
  }

  static let job = ServerTool(Tool("job", "Takes its time"), task: .optional) {
    invocation async throws in
    try await invocation.sleep(for: .seconds(1))
    return .text("job done")
  }

  static let later = ServerTool(Tool("later", "Asks, then takes its time"), task: .later) {
    invocation async throws in
    let schema = Schema.object([.string("name", .required)]).json
    let answer = try await invocation.elicit("Your name?", schema, key: "user")
    invocation.continueAsTask()
    try await invocation.sleep(for: .seconds(1))
    return .text("for \(answer.content?["name"]?.string ?? "-")")
  }

  static let note = ServerResource(
    Resource(uri: "note://one", name: "one", mimeType: "text/plain")
  ) { invocation in
    [ResourceContents(uri: invocation.uri, mimeType: "text/plain", text: "a note")]
  }

  static let file = ServerTemplate(
    ResourceTemplate("file:///{name}", name: "file"),
    completers: ["name": .fixed(["alpha", "beta"])]
  ) { invocation in
    guard let name = invocation.variables["name"], name != "none" else {
      throw ResourceMissing(invocation.uri)
    }
    return [ResourceContents(uri: invocation.uri, text: "file \(name)")]
  }

  static let greeting = ServerPrompt(
    Prompt("greeting", "Greets", arguments: [PromptArgument("who", "Whom", isRequired: true)]),
    completers: [
      "who": .computed { question in [question.value + "!", question.caller.principal] }
    ]
  ) { invocation in
    PromptResult([(.user, .text("Hello \(invocation.text("who") ?? "")"))])
  }
}

import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer

extension ConformanceCatalog {
  private static let nameForm = Schema.object([.string("name", .required)]).json
  private static let confirmForm = Schema.object([.boolean("ok", .required)]).json

  /// Tools of several rounds: each asks before it answers.
  static let roundTools: [ServerTool] = [
    asking("elicitation", "Asks for a name") { invocation in
      let answer = try await invocation.elicit("What is your name?", nameForm, key: "user_name")
      return "Hello, \(answer.content?["name"]?.string ?? "stranger")!"
    },
    asking("sampling", "Has the model answer") { invocation in
      let request = question("What is the capital of France?", limit: 100)
      return try await invocation.sample(request, key: "capital_question").plainText
    },
    asking("list_roots", "Asks for the client's roots") { invocation in
      let roots = try await invocation.roots(key: "client_roots")
      return "Roots: " + roots.map(\.uri).joined(separator: ", ")
    },
    asking("request_state", "Keeps a state between rounds") { invocation in
      let answer = try await invocation.elicit("Please confirm", confirmForm, key: "confirm")
      return "state-ok \(answer.action.rawValue)"
    },
    asking("multiple_inputs", "Asks for three things at once") { invocation in
      let answers = try await invocation.ask([
        (key: "user_name", question: .elicitation(form("What is your name?", nameForm))),
        (key: "greeting", question: .sampling(question("Generate a greeting", limit: 50))),
        (key: "client_roots", question: .roots),
      ])
      return answers.map(\.compact).joined(separator: " ")
    },
    asking("multi_round", "Asks twice") { invocation in
      let name = try await invocation.elicit("Step 1: your name?", nameForm, key: "step1")
      let color = Schema.object([.string("color", .required)]).json
      let second = try await invocation.elicit("Step 2: a colour?", color, key: "step2")
      let words = [name.content?["name"], second.content?["color"]]
      return words.map { $0?.string ?? "-" }.joined(separator: " likes ")
    },
    asking("tampered_state", "Notices a changed state") { invocation in
      let answer = try await invocation.elicit("Please confirm", confirmForm, key: "confirm")
      return "confirmed: \(answer.action.rawValue)"
    },
    asking("capabilities", "Asks for what the client can answer") { invocation in
      var questions: [(key: String, question: ServerQuestion)] = []
      if invocation.abilities.elicitationForm {
        questions.append(("user_name", .elicitation(form("What is your name?", nameForm))))
      }
      if invocation.abilities.sampling {
        questions.append(("greeting", .sampling(question("Generate a greeting", limit: 50))))
      }
      if invocation.abilities.roots { questions.append(("client_roots", .roots)) }
      return try await invocation.ask(questions).map(\.compact).joined(separator: " ")
    },
  ]

  private static func asking(
    _ name: String, _ description: String,
    _ run: @escaping @LoopActor (Invocation) async throws -> String
  ) -> ServerTool {
    ServerTool(Tool("test_input_required_result_\(name)", description)) { invocation async throws in
      .text(try await run(invocation))
    }
  }

  static func form(_ message: String, _ schema: JSON) -> ElicitationRequest {
    var request = ElicitationRequest()
    request.mode = .form
    request.message = message
    request.requestedSchema = schema
    return request
  }
}

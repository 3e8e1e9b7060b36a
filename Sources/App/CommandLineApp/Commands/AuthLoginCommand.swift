import Arguments
import EventLoop
import JSON
import Operations
import Settings

extension Command {
  static let authLogin = Command(
    onLoop: CommandRow(
      "auth login", in: .servers, summary: "Sign in to a server",
      details: [
        "Finds the server's authorization server, registers there if need be, asks in the browser and keeps the tokens "
          + "for the calls to come. Every step is told; -v tells all that was read.",
        "Secrets come in files, never as words of the command line. What is kept is for the user alone.",
      ],
      positionals: [TargetRows.target], options: SignInRows.login + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade auth login https://mcp.example.com/mcp", "In the browser"),
        .init(
          "alidade auth login @alumia --no-browser", "Prints the address, takes the answer pasted"),
        .init(
          "alidade auth login @alumia --client-credentials --client-id bot --client-secret secret.txt",
          "As a client of its own"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let order = try run.order()
      if run.definition.headers.contains(where: { $0.name.lowercased() == "authorization" }) {
        run.say("the Authorization header that is given wins over the sign-in in every call")
      }
      let facts = try await run.asked { station async throws(OperationFailure) in
        try await station.signIn(to: run.definition, order, run.scene)
      }
      run.show(facts, head: "signed in")
    }
  }
}

import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let authRefresh = Command(
    onLoop: CommandRow(
      "auth refresh", in: .servers, summary: "Renew the token of a sign-in now",
      details: ["Calls do this by themselves. What may pass, as an outage, loses nothing."],
      positionals: [TargetRows.target], options: [.reveal] + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade auth refresh https://mcp.example.com/mcp", "A new token, told step by step")
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let facts = try await run.asked { station async throws(OperationFailure) in
        try await station.renewSignIn(to: run.definition) { run.note($0) }
      }
      run.show(facts, head: "renewed")
    }
  }

  static let authRevoke = Command(
    onLoop: CommandRow(
      "auth revoke", in: .servers, summary: "Have the tokens of a sign-in made void",
      positionals: [TargetRows.target], options: TargetRows.options, rest: TargetRows.command,
      examples: [.init("alidade auth revoke https://mcp.example.com/mcp", "There and here")])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let isRevoked = try await run.asked { station async throws(OperationFailure) in
        try await station.revokeSignIn(to: run.definition) { run.note($0) }
      }
      guard isRevoked else {
        throw CommandFailure(
          .unauthorized, "the authorization server offers no way to revoke tokens",
          hint: "alidade auth logout forgets them here")
      }
      if run.wantsJSON {
        context.output.line(JSON.object(["revoked": true]).compact)
      } else {
        context.output.line("revoked and forgotten")
      }
    }
  }

  static let authLogout = Command(
    onLoop: CommandRow(
      "auth logout", in: .servers, summary: "Forget a sign-in on this machine",
      details: ["The authorization server is not told; auth revoke does that."],
      positionals: [TargetRows.target], options: [SignInRows.forget] + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init(
          "alidade auth logout https://mcp.example.com/mcp --forget-client", "The registration too")
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let facts = try await run.asked { station async throws(OperationFailure) in
        try await station.forgetSignIn(
          to: run.definition, andClient: arguments.has(SignInRows.forget))
      }
      if run.wantsJSON {
        context.output.line(JSON.object(["forgotten": .string(facts.server)]).compact)
      } else {
        context.output.line("forgotten; the authorization server was not told")
      }
    }
  }
}

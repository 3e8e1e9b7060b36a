import Arguments
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  private static let someTarget = PositionalRow(
    ValueRow("TARGET", .known("targets")), .optional, help: "Only this server")

  static let authStatus = Command(
    onLoop: CommandRow(
      "auth status", in: .servers, summary: "List the sign-ins that are kept",
      positionals: [someTarget], options: [.reveal] + TargetRows.options, rest: TargetRows.command,
      examples: [.init("alidade auth status", "Servers, issuers, scopes, what expires when")])
  ) { arguments, context async throws(CommandFailure) in
    if arguments[someTarget] != nil {
      return try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
        run.show(try await run.facts(), head: "signed in")
      }
    }
    let station = Station(.of(context), loop: LoopActor.loop)
    let all: [SignInFacts]
    do throws(OperationFailure) { all = try station.signIns() } catch {
      throw CommandFailure(error)
    }
    if arguments.has(.json) {
      let json = JSON.array(all.map { $0.json(revealing: arguments.has(.reveal)) })
      context.output.line(JSON.object(["signIns": json]).compact)
    } else if all.isEmpty {
      context.output.line("nobody is signed in anywhere")
    } else {
      for line in table(all).lines { context.output.line(line) }
    }
    return .ok
  }

  private static func table(_ all: [SignInFacts]) -> TextTable {
    TextTable(
      header: ["SERVER", "EXPIRES", "SCOPES", "ISSUER"],
      rows: all.map { facts in
        [
          facts.server, SignInText.life(facts), facts.granted?.joined(separator: " ") ?? "-",
          facts.issuer,
        ]
      })
  }

  static let authToken = Command(
    onLoop: CommandRow(
      "auth token", in: .servers, summary: "Show what stands in the token of a sign-in",
      details: [
        "The claims are decoded and not verified. --reveal writes the token itself and nothing else, for other programs."
      ],
      positionals: [TargetRows.target], options: [.reveal] + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade auth token https://mcp.example.com/mcp", "Claims, expiry, what looks wrong")
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let facts = try await run.facts()
      if run.wantsJSON {
        run.show(facts, head: "")
      } else if arguments.has(.reveal) {
        context.output.line(facts.token.reveal())
      } else {
        for line in SignInText.tokenLines(facts) { context.output.line(line) }
      }
    }
  }

  static let authScopes = Command(
    onLoop: CommandRow(
      "auth scopes", in: .servers, summary: "Compare the scopes asked for with those granted",
      positionals: [TargetRows.target], options: TargetRows.options, rest: TargetRows.command,
      examples: [.init("alidade auth scopes https://mcp.example.com/mcp", "One line a scope")])
  ) { arguments, context async throws(CommandFailure) in
    try await SignInRun.with(arguments, context) { run async throws(CommandFailure) in
      let facts = try await run.facts()
      let granted = facts.granted ?? [], requested = facts.requested ?? []
      let all = requested + granted.filter { !requested.contains($0) }
      if run.wantsJSON {
        let rows = all.map { scope -> JSON in
          [
            "scope": .string(scope), "requested": .bool(requested.contains(scope)),
            "granted": .bool(granted.contains(scope)),
          ]
        }
        context.output.line(JSON.object(["scopes": .array(rows)]).compact)
      } else {
        let rows = all.map { scope in
          [scope, requested.contains(scope) ? "yes" : "no", granted.contains(scope) ? "yes" : "no"]
        }
        let table = TextTable(header: ["SCOPE", "REQUESTED", "GRANTED"], rows: rows)
        for line in table.lines { context.output.line(line) }
      }
    }
  }
}

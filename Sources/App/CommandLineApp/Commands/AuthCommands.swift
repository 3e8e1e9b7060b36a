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
    do throws(OperationFailure) { all = try await station.signIns() } catch {
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
}

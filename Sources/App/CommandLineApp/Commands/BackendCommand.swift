import Arguments
import EventLoop
import Faults
import JSON
import Keys
import Operations

extension Command {
  static let backend = Command(
    onLoop: CommandRow(
      "backend", in: .serving, summary: "Be the REST API behind the systems",
      details: [
        "Answers below /api/v1 on \(BackendWish.standardAddress), or where --listen says. The key that is shown tells whose API "
          + "is meant: \(BackendWish.systems.joined(separator: ", ")). `keys create` makes the first key.",
        "As curl asks it: curl -H \"Authorization: Bearer $ALLOY_API_TOKEN\" http://127.0.0.1:3000/api/v1/auth/me tells "
          + "who a key belongs to, and POST /api/v1/api-keys makes further keys.",
        "`serve SYSTEM --api-url` is an MCP server that asks it for everything.",
      ],
      options: [
        ServeRows.listen, BackendRows.fault, ServeWorld.seed, ServeWorld.scale, ServeWorld.data,
        .json,
      ],
      examples: [
        .init("alidade backend --listen 127.0.0.1:3000", "All of them"),
        .init("alidade backend --data demo --scale 10", "With its data kept, and more of it"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    var wish = BackendWish(records: try ServeWorld.records(arguments, context))
    if let address = arguments[ServeRows.listen] { wish.address = address }
    wish.world = ServeWorld.plain(arguments)
    wish.folder = ServeWorld.folder(arguments, context)
    wish.faults = Set(arguments.all(BackendRows.fault))
    let wantsJSON = arguments.has(.json)
    do throws(OperationFailure) {
      try await BackendServing.open(wish).run { serving in
        for address in serving.addresses {
          let url = "\(address)/api/v1"
          let json: JSON = ["listening": .string(url)]
          context.output.line(wantsJSON ? json.compact : "listening on \(url)")
        }
        context.output.flush()
      }
      return .ok
    } catch { throw CommandFailure(error) }
  }
}

private enum BackendRows {
  static let fault = OptionRow(
    "fault", takes: ValueRow("NAME", .choice(FaultRow.ofBackend.map(\.id))), repeats: true,
    help: "Let that go wrong, for practice")
}

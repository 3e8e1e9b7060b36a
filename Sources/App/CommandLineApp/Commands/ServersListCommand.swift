import Arguments
import JSON
import Settings

extension OptionRow {
  static let reveal = OptionRow("reveal", help: "Show secrets instead of masking them")
}

extension Command {
  private static let source = OptionRow(
    "source", takes: ValueRow("CLIENT", .choice(["alidade"] + Importer.all.map(\.id))),
    help: "Only the servers of that client, alidade for the catalog")

  private static let name = PositionalRow(
    ValueRow("NAME", .known("servers")), help: "A server of the catalog or of a client's file")

  static let serversList = Command(
    CommandRow(
      "servers list", in: .catalog, summary: "List the servers that this machine knows",
      details: [
        "The own catalog comes first, then the configuration of every client that is found, with what is wrong in it. Files are read, nothing is run."
      ],
      options: [source, .reveal, .json],
      examples: [
        .init("alidade servers list", "All that is known, and where from"),
        .init("alidade servers list --source codex --json", "For scripts"),
      ])
  ) { arguments, context in
    let known = KnownServers(context)
    let wanted = known.sources.filter { source in
      arguments[Self.source].map { $0 == source.id } ?? true
    }
    let listing = ServerListing(known: known, revealing: arguments.has(.reveal))
    if arguments.has(.json) {
      context.output.document(listing.json(wanted))
    } else {
      for line in listing.lines(wanted) { context.output.line(line) }
    }
    return known.catalog.result.failure == nil ? .ok : .usage
  }

  static let serversShow = Command(
    CommandRow(
      "servers show", in: .catalog, summary: "Show one server and where it is defined",
      positionals: [name], options: [.reveal, .json],
      examples: [.init("alidade servers show alumia", "With its variables, secrets masked")])
  ) { arguments, context throws(CommandFailure) in
    let known = KnownServers(context)
    let servers = try known.named(arguments.serverName(name))
    let pages = servers.map {
      ServerPage(server: $0, known: known, context: context, revealing: arguments.has(.reveal))
    }
    if arguments.has(.json) {
      let document: JSON = ["servers": .array(pages.map(\.json))]
      context.output.document(document)
    } else {
      for line in pages.map(\.lines).joined(separator: [""]) { context.output.line(line) }
    }
    return .ok
  }
}

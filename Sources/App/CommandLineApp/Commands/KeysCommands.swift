import Arguments
import Audit
import EventLoop
import JSON
import Keys
import SafeText

extension Command {
  static let keysList = Command(
    onLoop: CommandRow(
      "keys list", in: .serving, summary: "List the API keys of the systems",
      options: [KeyRows.only, RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade keys list --system alumia", "What is out, and until when")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.keys()
    let system = arguments[KeyRows.only]
    let keys = try await desk.kept { () async throws(KeyError) in
      try await store.keys(system: system)
    }
    await store.close()
    let now = desk.now
    if desk.wantsJSON {
      desk.write(["keys": .array(keys.map { $0.json(at: now) })])
    } else if keys.isEmpty {
      context.output.line("no keys")
    } else {
      let table = TextTable(header: APIKey.header, rows: keys.map { $0.row(at: now) })
      for line in table.lines { context.output.line(line) }
    }
    return .ok
  }

  static let keysShow = Command(
    onLoop: CommandRow(
      "keys show", in: .serving, summary: "Show one API key, masked",
      positionals: [KeyRows.key], options: [RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade keys show ci", "By its name")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.keys()
    let key = try await desk.key(arguments[KeyRows.key] ?? "", in: store)
    await store.close()
    if desk.wantsJSON {
      desk.write(key.json(at: desk.now))
    } else {
      for line in key.lines(at: desk.now) { context.output.line(line) }
    }
    return .ok
  }
}

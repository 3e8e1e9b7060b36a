import MCPProtocol

/// Everything that the palette can find, made when it is opened.
struct PaletteEntries {
  private typealias Entry = PaletteState.Entry

  private let state: ConsoleState
  private static let mostItems = 20_000

  init(_ state: ConsoleState) { self.state = state }

  var all: [PaletteState.Entry] {
    commands + verbs + servers + items + calls
  }

  private var commands: [Entry] {
    Keymap.active(in: state).filter { !$0.id.hasPrefix("palette.") }
      .filter { !$0.id.hasSuffix(".anywhere") }
      .map { command in
        let keys = command.keys.prefix(2).map { Keymap.label($0, state.signs) }
        var entry = Entry(
          deed: .command(command.id), title: command.title, note: keys.joined(separator: " "))
        if case .disabled(let reason) = command.availability(state) { entry.reason = reason }
        return entry
      }
  }

  /// Verbs that take words; the others have their key already.
  private var verbs: [Entry] {
    ConsoleVerb.all.filter { !$0.usage.isEmpty }.map { verb in
      Entry(
        deed: .text("\(verb.name) "), title: ":\(verb.name) \(verb.usage)", note: verb.summary)
    }
  }

  private var servers: [Entry] {
    state.servers.rows.map { row in
      Entry(deed: .server(key: row.key), title: row.name, note: "server, \(row.source)")
    }
  }

  private var items: [Entry] {
    let links = state.links.values.sorted { $0.id < $1.id }
    return links.flatMap { link -> [Entry] in
      func entries(_ id: ScreenID, _ kind: String, _ names: [String]) -> [Entry] {
        names.prefix(Self.mostItems).map { name in
          Entry(
            deed: .item(Screen(id, link: link.id), key: name), title: name,
            note: "\(kind), \(link.name)")
        }
      }
      return entries(.tools, "tool", link.tools.map(\.tool.name))
        + entries(.prompts, "prompt", link.prompts.map(\.prompt.name))
        + entries(.resources, "resource", (link.resources + link.templates).map(\.uri))
    }
  }

  /// Calls of this run, the newest first, then those of earlier ones.
  private var calls: [Entry] {
    state.callRows.prefix(500).map { row in
      let screen =
        switch row {
        case .now(let record): Screen(.result, link: record.link, subject: row.key)
        case .past(let call): Screen(.pastCall, subject: "\(call.number)")
        }
      let name = row.key.hasPrefix("#") ? row.key : "#\(row.key)"
      return Entry(
        deed: .view(under: Screen(.calls), screen), title: "\(name) \(row.name)", note: "call")
    }
  }
}

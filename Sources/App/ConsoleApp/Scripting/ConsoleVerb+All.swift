import Audit
import EventLoop
import JSON
import JSONSchema
import Operations
import TerminalCore

extension ConsoleVerb {
  static let all: [ConsoleVerb] = servers + operating + catalog + views + program

  private static let servers = [
    ConsoleVerb(
      name: "connect", usage: "TARGET",
      summary: "Connect to a server of the list, a URL, or -- COMMAND",
      subject: .server,
      run: { state, words throws(ScriptProblem) in try state.connect(named: words) }),
    ConsoleVerb(
      name: "disconnect", usage: "[SERVER]", summary: "Close a connection", subject: .server,
      run: { state, words throws(ScriptProblem) in
        guard let link = words.words.first.map({ state.link(named: $0) }) ?? state.link else {
          throw ScriptProblem("no such server is connected")
        }
        return state.disconnect(link)
      }),
    ConsoleVerb(
      name: "server", usage: "SERVER", summary: "Look at another server", subject: .server,
      run: { state, words throws(ScriptProblem) in
        let name = try words.first("the name of a server")
        guard let link = state.link(named: name) else {
          throw ScriptProblem("\(name) is not connected")
        }
        state.go([Screen(.servers), Screen(.tools, link: link.id)])
        return state.loadOnce(.tools, of: link.id)
      }),
  ]

  private static let operating = [
    ConsoleVerb(
      name: "examine", usage: "[SERVER]", summary: "Have the doctor look at a server",
      subject: .server,
      run: { state, words throws(ScriptProblem) in try state.examine(named: words) }),
    ConsoleVerb(
      name: "tour", usage: "", summary: "Begin the tour of the demo",
      run: { state, _ throws(ScriptProblem) in
        guard state.isDemo else { throw ScriptProblem("the tour is one of `alidade demo`") }
        state.beginTour()
        return []
      }),
  ]

  private static let catalog = [
    ConsoleVerb(
      name: "tools call", aliases: ["call"], usage: "TOOL [KEY=VALUE…]", summary: "Call a tool",
      subject: .tool,
      run: { state, words throws(ScriptProblem) in try state.callTool(words) }),
    ConsoleVerb(
      name: "tools show", aliases: ["tool"], usage: "TOOL", summary: "Look at a tool",
      subject: .tool,
      run: { state, words throws(ScriptProblem) in
        let name = try words.first("the name of a tool")
        return try state.show(name, in: .tools)
      }),
    ConsoleVerb(
      name: "tools form", aliases: ["form"], usage: "TOOL", summary: "Open the form of a tool",
      subject: .tool,
      run: { state, words throws(ScriptProblem) in
        let effects = try state.show(try words.first("the name of a tool"), in: .tools)
        guard let item = state.selectedTool else { throw ScriptProblem("there is no such tool") }
        return effects + state.openForm(item)
      }),
    ConsoleVerb(
      name: "resources read", aliases: ["read"], usage: "URI", summary: "Read a resource",
      subject: .resource,
      run: { state, words throws(ScriptProblem) in
        let uri = try words.first("the URI")
        let link = try state.openLink()
        let loading = state.root(.resources, link)
        return loading + state.call(link.id, .resource(uri: uri))
      }),
    ConsoleVerb(
      name: "prompts get", aliases: ["prompt"], usage: "PROMPT [KEY=VALUE…]",
      summary: "Get a prompt", subject: .prompt,
      run: { state, words throws(ScriptProblem) in try state.getPrompt(words) }),
    ConsoleVerb(
      name: "raw", usage: "METHOD [PARAMS]", summary: "Send any request", subject: .words,
      run: { state, words throws(ScriptProblem) in try state.sendRaw(words) }),
  ]

  private static let views =
    (ScreenRow.roots + ScreenRow.all.filter(\.isPlace)).map { row in
      ConsoleVerb(
        name: row.id.rawValue, aliases: ["go \(row.id.rawValue)"], usage: "",
        summary: "Go to \(row.title)",
        run: { state, _ throws(ScriptProblem) in
          guard !row.isOfLink || state.link != nil else {
            throw ScriptProblem("no server is connected")
          }
          state.goRoot(row.id)
          return row.opened(&state, state.screen)
        })
    } + [
      ConsoleVerb(
        name: "filter", usage: "[FILTER]", summary: "Filter the list of the view", subject: .words,
        run: { state, words throws(ScriptProblem) in
          guard ScreenRow.of(state.screen).list != nil else {
            throw ScriptProblem("this view is no list")
          }
          state.setFilter(words.text)
          if let problem = state.list.filterProblem { throw ScriptProblem(problem) }
          return []
        }),
      ConsoleVerb(
        name: "audit open", usage: "FILE [PROFILE]",
        summary: "Look at a log; DIR/ is a server's folder",
        subject: .words,
        run: { state, words throws(ScriptProblem) in
          state.goRoot(.audit)
          return state.openLog(named: words.text)
        }),
      ConsoleVerb(
        name: "count", aliases: ["count by"], usage: "FIELD[,FIELD]",
        summary: "Count the audit by a field, or by several",
        subject: .field,
        run: { state, words throws(ScriptProblem) in
          _ = try words.first("the field")
          let names = words.text.split { $0 == "," || $0 == " " }
          let fields = names.compactMap { LogField(named: String($0)) }
          guard fields.count == names.count, fields.allSatisfy(LogField.countable.contains),
            Set(fields).count == fields.count
          else {
            let known = LogField.countable.map(\.rawValue).joined(separator: ", ")
            throw ScriptProblem("there are \(known); each once, with commas between them")
          }
          let opening = state.audit.phase == .closed ? state.openLog(named: "") : []
          state.goRoot(.audit)
          state.audit.countedBy = fields
          return opening + state.enter(Screen(.auditCounts))
        }),
      ConsoleVerb(
        name: "clear", usage: "", summary: "Empty the wire, or hide the audit up to now",
        run: { state, _ throws(ScriptProblem) in
          let id = state.screen.id == .audit ? "audit.clear" : "wire.clear"
          guard [.wire, .audit].contains(state.screen.id), let command = Keymap.command(id) else {
            throw ScriptProblem(
              "the wire (\(state.key(of: "go.wire"))) and the audit (\(state.key(of: "go.audit"))) are cleared"
            )
          }
          return command.run(&state)
        }),
      ConsoleVerb(
        name: "select", usage: "ITEM", summary: "Put the cursor on an item", subject: .words,
        run: { state, words throws(ScriptProblem) in
          guard state.selectItem(words.text) else { throw ScriptProblem("there is no such item") }
          return []
        }),
      ConsoleVerb(
        name: "sort", usage: "COLUMN [falling]", summary: "Sort the list of the view",
        subject: .column,
        run: { state, words throws(ScriptProblem) in
          let column = try words.first("the column")
          let columns = ScreenRow.of(state.screen).list?.sorts(state).map(\.title) ?? []
          guard columns.contains(column) else {
            throw ScriptProblem("there are \(columns.joined(separator: ", "))")
          }
          state.setOrder(
            ListOrder(column: column, isFalling: words.words.dropFirst().first == "falling"))
          return []
        }),
      ConsoleVerb(
        name: "write", usage: "[FILE]", summary: "Write what is shown to a file", subject: .words,
        run: { state, words throws(ScriptProblem) in
          state.write(to: words.words.first ?? state.exports.first?.name ?? "")
        }),
    ]

  private static let program = [
    ConsoleVerb(
      name: "chrome", usage: "min|full", summary: "One line around the frame, or three",
      subject: .chrome,
      run: { state, words throws(ScriptProblem) in
        guard let isSmall = ["min": true, "full": false][try words.first("min or full")] else {
          throw ScriptProblem("there are min and full")
        }
        state.hasSmallChrome = isSmall
        return isSmall
          ? state.say(
            .info,
            "\(state.key(of: "help.open.anywhere")) has the keys; :chrome full brings them back")
          : []
      }),
    ConsoleVerb(
      name: "reveal", usage: "[on|off]",
      summary: "Show the secrets of wire and audit, here and in what is written of them",
      run: { state, words throws(ScriptProblem) in
        guard let isOn = ["on": true, "off": false][words.words.first ?? "on"] else {
          throw ScriptProblem("there are on and off")
        }
        state.isRevealing = isOn
        return state.say(
          .warning,
          isOn
            ? "the secrets of wire and audit are shown, here and in files; :reveal off hides them"
            : "the secrets of wire and audit are hidden again")
      }),
    ConsoleVerb(
      name: "theme", usage: "THEME", summary: "Draw in another theme", subject: .theme,
      run: { _, words throws(ScriptProblem) in [.useTheme(try words.first("the theme"))] }),
    ConsoleVerb(
      name: "keys", usage: "KEY…", summary: "Press keys, such as j Enter Ctrl-S", subject: .words,
      run: { state, words throws(ScriptProblem) in
        let keys = words.words.flatMap { word -> [Key] in
          Key(named: word).map { [$0] } ?? word.map { Key.character($0) }
        }
        return keys.flatMap { Reducer.press($0, &state) }
      }),
    ConsoleVerb(
      name: "wait", usage: "SECONDS", summary: "Go on with the next line later", subject: .words,
      run: { state, words throws(ScriptProblem) in
        guard let seconds = Double(try words.first("the seconds")), 0...3600 ~= seconds else {
          throw ScriptProblem("it takes seconds, up to 3600")
        }
        return [.startTimer(.script, milliseconds: Int(seconds * 1000))]
      }),
    ConsoleVerb(
      name: "quit", aliases: ["q"], usage: "", summary: "Quit",
      run: { _, _ throws(ScriptProblem) in [.quit] }),
  ]
}

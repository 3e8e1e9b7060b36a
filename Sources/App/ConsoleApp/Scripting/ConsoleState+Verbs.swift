import JSON
import JSONSchema
import MCPProtocol
import Operations

/// What the verbs of a script do.
extension ConsoleState {
  /// The connection to a server of that name, `@` in front or not.
  func link(named words: String) -> Link? {
    let name = words.hasPrefix("@") ? String(words.dropFirst()) : words
    return links.values.first { $0.name == name }
  }

  func openLink() throws(ScriptProblem) -> Link {
    guard let link else { throw ScriptProblem("no server is connected") }
    guard link.isOpen else { throw ScriptProblem("\(link.name) is not connected") }
    return link
  }

  mutating func connect(named words: ScriptWords) throws(ScriptProblem) -> [Effect] {
    _ = try words.first("the server")
    let name = words.text.hasPrefix("@") ? String(words.text.dropFirst()) : words.text
    guard let row = servers.rows.first(where: { $0.name == name && $0.definition != nil }) else {
      return [.findTarget(words.text)]
    }
    guard row.isEnabled else { throw ScriptProblem("it is switched off in its file") }
    goRoot(.servers)
    _ = select(row.key)
    return connect(to: row, again: false)
  }

  /// Goes to a list of a connection, as its digit does.
  mutating func root(_ id: ScreenID, _ link: Link) -> [Effect] {
    go([Screen(.servers), Screen(id, link: link.id)])
    return ScreenRow.of(id).opened(&self, screen)
  }

  mutating func show(_ name: String, in id: ScreenID) throws(ScriptProblem) -> [Effect] {
    guard let link else { throw ScriptProblem("no server is connected") }
    let effects = root(id, link)
    guard select(name) else { throw ScriptProblem("\(link.name) lists no \(name)") }
    return effects
  }

  mutating func callTool(_ words: ScriptWords) throws(ScriptProblem) -> [Effect] {
    let name = try words.first("the name of a tool")
    let link = try openLink()
    guard let item = link.tools.first(where: { $0.tool.name == name }) else {
      throw ScriptProblem("\(link.name) lists no tool \(name)")
    }
    let arguments = try assigned(words.words.dropFirst(), item.tool.inputSchema)
    _ = root(.tools, link)
    _ = select(name)
    let schema = item.tool.inputSchema ?? ["type": "object"]
    let violation = SchemaValidator(schema, options: .ofServers).validate(.object(arguments))
      .violations.first
    guard let violation else { return callTool(named: name, .object(arguments)) }
    // What is missing can be filled in; nothing that was typed is lost.
    let opening = openForm(item, arguments: .object(arguments))
    form?.goToProblem()
    return opening + say(.warning, "not sent: \(violation.sentence)")
  }

  mutating func getPrompt(_ words: ScriptWords) throws(ScriptProblem) -> [Effect] {
    let name = try words.first("the name of a prompt")
    let link = try openLink()
    let arguments = try assigned(words.words.dropFirst(), nil)
    let loading = root(.prompts, link)
    return loading + call(link.id, .prompt(name, arguments: arguments))
  }

  mutating func sendRaw(_ words: ScriptWords) throws(ScriptProblem) -> [Effect] {
    let method = try words.first("the method")
    let link = try openLink()
    let rest = words.text.dropFirst(method.count).drop { $0 == " " }
    guard !rest.isEmpty else { return call(link.id, .raw(method, params: nil)) }
    do throws(JSONError) {
      return call(link.id, .raw(method, params: try JSON.parse(String(rest))))
    } catch {
      throw ScriptProblem("the parameters are no JSON: \(error)")
    }
  }

  mutating func selectItem(_ name: String) -> Bool {
    guard let source = ScreenRow.of(screen).list else { return false }
    if select(name) { return true }
    let screen = screen
    let found = (0..<source.count(self, screen)).first {
      source.fields(self, screen, $0).first == name
    }
    return found.map { select(source.key(self, screen, $0)) } ?? false
  }

  private func assigned(
    _ words: ArraySlice<String>, _ schema: JSON?
  ) throws(ScriptProblem) -> JSONObject {
    do throws(ArgumentAssignments.Problem) {
      return try ArgumentAssignments(Array(words)).applied(to: [:], schema: schema)
    } catch {
      throw ScriptProblem(error.sentence)
    }
  }
}

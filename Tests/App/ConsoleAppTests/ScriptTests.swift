import EventLoop
import JSON
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

@LoopActor
private func window(
  _ script: [String], _ prepare: (ScriptedDesk, ScriptedServer) -> Void = { _, _ in }
) async -> (ConsoleState, ScriptedDesk, String) {
  let desk = ScriptedDesk(rows: Sample.reachable)
  let server = ScriptedServer()
  server.answers["search_files"] = ["content": [["type": "text", "text": "two matches"]]]
  desk.outcomes["demo"] = .success(server)
  prepare(desk, server)
  let terminal = ScriptedTerminal(80, 24)
  let clock = VirtualClock()
  let runtime = ConsoleRuntime(
    state: ConsoleState(size: terminal.size), terminal: terminal,
    environment: ConsoleEnvironment(clock: clock, desk: desk))
  let task = Task { await runtime.run(script: script) }
  for _ in 0..<40 { await clock.advance(by: .milliseconds(50)) }
  let (state, text) = (runtime.state, terminal.text)
  task.cancel()
  _ = await task.value
  return (state, desk, text)
}

@LoopActor
struct ScriptTests {
  @Test func `a script connects, calls and shows the answer`() async {
    let (state, desk, text) = await window([
      ":connect @demo", "tools call search_files q=Needle limit=5",
    ])
    #expect(desk.log.contains("connect demo"))
    #expect(state.calls[1]?.arguments == ["q": "Needle", "limit": 5])
    #expect(text.contains("two matches"))
  }

  @Test func `lines run one after the other, keys and waiting among them`() async {
    let (state, desk, _) = await window([
      "connect demo", "wait 1", "filter search", "keys l ]", "write out.json",
    ])
    #expect(state.script.lines.isEmpty)
    #expect(state.screen.id == .tool)
    #expect(desk.files["out.json"]?.isEmpty == false)
  }

  @Test func `arguments that break the schema open the form with what was typed`() async {
    let (state, _, _) = await window(["connect demo", "call search_files q=x limit=900"])
    #expect(state.screen.id == .form)
    #expect(state.form?.value == ["q": "x", "limit": 900])
    #expect(state.status?.text.hasPrefix("not sent: ") == true)
  }

  @Test(arguments: [
    ("call search_files", "no server is connected"), ("nonsense", "there is no such command"),
    ("connect", "the server is missing"), ("sort colour", "there are name"),
    ("theme", "the theme is missing"), ("wait long", "it takes seconds"),
    ("filter 'x", "quotes do not close"), ("#99", "there is no call #99"),
    ("wire.pair", "it means nothing in this view"), ("select nobody", "there is no such item"),
  ])
  func `a line that cannot be run says why and ends the script`(
    line: String, reason: String
  ) async {
    let (state, _, _) = await window([line, "quit"])
    #expect(state.status?.text.contains(reason) == true, "\(state.status?.text ?? "")")
    #expect(state.status?.text.contains("1 more lines are left out") == true)
    #expect(state.status?.level == .error)
  }

  @Test func `quit ends the window`() async {
    let desk = ScriptedDesk(rows: [])
    let terminal = ScriptedTerminal(80, 24)
    let clock = VirtualClock()
    let runtime = ConsoleRuntime(
      state: ConsoleState(size: terminal.size), terminal: terminal,
      environment: ConsoleEnvironment(clock: clock, desk: desk))
    let task = Task { await runtime.run(script: [":quit"]) }
    for _ in 0..<5 { await clock.advance(by: .milliseconds(50)) }
    #expect(await task.value == .quit)
    #expect(desk.memory["views"]?.object != nil)
  }
}

struct PaletteTests {
  @Test func `the palette completes a line and runs it`() {
    var state = Sample.connected(80, 24, keys: ": call Space")
    _ = Sample.press("s e Tab", &state)
    guard case .palette(let palette) = state.overlay else {
      Issue.record("no palette")
      return
    }
    #expect(palette.field.text == "call search_files")
    _ = Sample.press("Space q Tab x Enter", &state)
    #expect(state.calls[1]?.arguments == ["q": "x"])
    #expect(state.screen.id == .result)
  }

  @Test func `calls, prompts and resources are found by name`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    let resources = Sample.report([["uri": "file:///notes.md", "name": "notes"]], .resources)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .listed(resources, milliseconds: 1)))
    _ = Sample.press("2 : notes.md Enter", &state)
    #expect(state.screen.id == .resources)
    #expect(state.selectedResource?.uri == "file:///notes.md")
    _ = Sample.press(": #1 Enter", &state)
    #expect(state.screen.id == .result)
  }

  @Test func `a pasted line that begins with a colon runs after a question`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, .input(.paste(":wire\n")))
    #expect(state.screen.id == .tools)
    _ = Sample.press("Enter", &state)
    #expect(state.screen.id == .wire)
    _ = Reducer.reduce(&state, .input(.paste(":wire\n:quit")))
    #expect(state.overlay == nil)
  }

  @Test func `every verb has a sentence and a name of its own`() {
    let names = ConsoleVerb.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    for verb in ConsoleVerb.all { #expect(verb.summary.first?.isUppercase == true) }
  }
}

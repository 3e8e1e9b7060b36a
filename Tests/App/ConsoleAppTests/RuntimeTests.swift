import ConsoleApp
import EventLoop
import JSON
import TerminalCore
import Testing

/// A window on a scripted terminal and a clock that stands still.
@LoopActor
private final class Stage {
  let terminal: ScriptedTerminal
  let clock = VirtualClock()
  let runtime: ConsoleRuntime
  private var task: Task<ConsoleRuntime.End, Never>?

  let desk: ScriptedDesk

  init(_ width: Int = 80, _ height: Int = 24, rows: [ServerRow] = Sample.servers) {
    desk = ScriptedDesk(rows: rows)
    terminal = ScriptedTerminal(width, height)
    runtime = ConsoleRuntime(
      state: ConsoleState(size: terminal.size), terminal: terminal,
      environment: ConsoleEnvironment(clock: clock, desk: desk))
  }

  func open(notices: [String] = []) async {
    task = Task { await runtime.run(notices: notices) }
    await clock.advance(by: .milliseconds(50))
  }

  func wait() async -> ConsoleRuntime.End? { await task?.value }
  func cancel() { task?.cancel() }
}

@LoopActor
struct RuntimeTests {
  @Test func `the window opens, lists its servers and ends with q`() async {
    let stage = Stage()
    await stage.open()
    #expect(stage.terminal.text.contains("search"))
    stage.terminal.type("q")
    #expect(await stage.wait() == .quit)
    #expect(stage.terminal.log == ["stop"])
  }

  @Test func `a burst of keys is one frame`() async {
    let stage = Stage(rows: Sample.many)
    await stage.open()
    let frames = stage.terminal.screen.frames
    stage.terminal.type(String(repeating: "j ", count: 100))
    #expect(stage.terminal.screen.frames == frames + 1)
    #expect(stage.terminal.text.contains("101/300"))
  }

  @Test func `keys one after the other are painted at most every eight milliseconds`() async {
    let stage = Stage(rows: Sample.many)
    await stage.open()
    let frames = stage.terminal.screen.frames
    for _ in 0..<50 { stage.terminal.type("j") }
    #expect(stage.terminal.screen.frames == frames + 1)
    await stage.clock.advance(by: .milliseconds(8))
    #expect(stage.terminal.screen.frames == frames + 2)
    #expect(stage.terminal.text.contains("51/300"))
  }

  @Test func `a burst of resizes is drawn at thirty frames a second`() async {
    let stage = Stage()
    await stage.open()
    let frames = stage.terminal.screen.frames
    for width in 60..<100 { stage.terminal.become(width, 24) }
    await stage.clock.advance(by: .milliseconds(33))
    #expect(stage.terminal.screen.frames <= frames + 2)
    #expect(stage.terminal.size.width == 99)
    #expect(stage.terminal.text.contains("servers"))
  }

  @Test func `nothing is left to fire when nothing happens`() async {
    let stage = Stage()
    await stage.open()
    #expect(stage.clock.pendingTimers == 0)
    stage.terminal.type("Esc")
    #expect(stage.terminal.text.contains("q quits"))
    await stage.clock.advance(by: .seconds(3))
    #expect(!stage.terminal.text.contains("q quits"))
    #expect(stage.clock.pendingTimers == 0)
  }

  @Test func `a slow terminal gets the newest state and not every frame`() async {
    let stage = Stage(rows: Sample.many)
    await stage.open()
    let frames = stage.terminal.screen.frames
    stage.terminal.isReady = false
    for _ in 0..<20 {
      stage.terminal.type("j")
      await stage.clock.advance(by: .milliseconds(20))
    }
    #expect(stage.terminal.screen.frames == frames)
    stage.terminal.drain()
    #expect(stage.terminal.screen.frames == frames + 1)
    #expect(stage.terminal.text.contains("21/300"))
  }

  @Test func `effects reach the terminal`() async {
    let stage = Stage()
    await stage.open()
    stage.terminal.type("F2 Ctrl-L Ctrl-Z")
    stage.terminal.send(.suspendRequested)
    #expect(stage.terminal.log == ["mouse true", "invalidate", "suspend", "suspend"])
  }

  @Test func `a lost terminal and a cancelled task end the window`() async {
    let lost = Stage()
    await lost.open()
    lost.terminal.send(.lost)
    #expect(await lost.wait() == .terminalLost)
    let cancelled = Stage()
    await cancelled.open()
    cancelled.cancel()
    #expect(await cancelled.wait() == .cancelled)
    #expect(cancelled.terminal.log == ["stop"])
  }

  @Test func `what was wrong at the start is said`() async {
    let stage = Stage()
    await stage.open(notices: ["no theme named x; drawing with default-dark"])
    #expect(stage.terminal.text.contains("no theme named x"))
  }

  @Test func `a connection is made, lists its tools and is closed at the end`() async {
    let stage = Stage(rows: Sample.reachable)
    let server = ScriptedServer()
    stage.desk.outcomes["demo"] = .success(server)
    await stage.open()
    stage.terminal.type("Enter")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(stage.terminal.text.contains("search_files"))
    stage.terminal.type("y c")
    #expect(stage.terminal.log.contains("copy alidade call @demo search_files"))
    stage.terminal.type("Q")
    #expect(await stage.wait() == .quit)
    #expect(server.log == ["list tools", "close"])
    #expect(stage.desk.log == ["connect demo", "close"])
    // The terminal is given back before anything is waited for.
    #expect(stage.terminal.log.last == "stop")
  }

  @Test func `a connection that cannot be made is told`() async {
    let stage = Stage(rows: Sample.reachable)
    await stage.open()
    stage.terminal.type("Enter")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(stage.terminal.text.contains("nobody is there"))
    #expect(stage.terminal.text.contains("failed"))
  }

  @Test func `a call goes to the server, tells its progress and can be cancelled`() async {
    let stage = Stage(rows: Sample.reachable)
    let server = ScriptedServer()
    server.answers["search_files"] = ["content": [["type": "text", "text": "found it"]]]
    stage.desk.outcomes["demo"] = .success(server)
    await stage.open()
    stage.terminal.type("Enter")
    await stage.clock.advance(by: .milliseconds(50))
    stage.terminal.type("Enter x Ctrl-S")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(stage.terminal.text.contains("found it"))
    #expect(server.asked.first?.arguments == ["q": "x"])
    stage.terminal.type("Esc Esc G Enter Ctrl-S")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(stage.terminal.text.contains("40% ####------"))
    stage.terminal.type("x")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(server.log.contains("cancelled broken"))
    stage.terminal.type("Q")
    #expect(await stage.wait() == .quit)
  }

  @Test func `an editor has the terminal while it runs`() async {
    let stage = Stage(rows: Sample.reachable)
    stage.desk.outcomes["demo"] = .success(ScriptedServer())
    stage.desk.editor = { $0.replacing("{}", with: "{\"q\": \"edited\"}") }
    await stage.open()
    stage.terminal.type("Enter")
    await stage.clock.advance(by: .milliseconds(50))
    stage.terminal.type("Enter Ctrl-E")
    await stage.clock.advance(by: .milliseconds(50))
    #expect(stage.terminal.log == ["hand over", "take back"])
    #expect(stage.terminal.text.contains("edited"))
  }
}

import EventLoop
import JSON
import MCPProtocol
import Settings
import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

/// A demo on a terminal in memory: real systems on loopback ports, records in a folder that goes with it.
@LoopActor
private final class DemoStage {
  let terminal: ScriptedTerminal
  let runtime: ConsoleRuntime
  private let bench: DemoBench

  init(_ width: Int, _ height: Int) throws {
    bench = try DemoBench()
    terminal = ScriptedTerminal(width, height)
    var state = ConsoleState(size: terminal.size)
    state.isDemo = true
    state.beginTour()
    runtime = ConsoleRuntime(
      state: state, terminal: terminal,
      environment: ConsoleEnvironment(
        clock: LoopActor.loop.clock, desk: bench.desk, operatorDesk: bench.records))
  }

  var tour: TourState? { runtime.state.tour }

  /// Presses Enter at each stop of the tour, and says where it went wrong.
  func walk() async -> [String] {
    var troubles: [String] = []
    let clock = LoopActor.loop.clock
    let deadline = clock.now.advanced(by: .seconds(240))
    while let tour, clock.now < deadline {
      switch tour.phase {
      case .doing: break
      case .failed(let sentence):
        troubles.append("\(tour.step?.title ?? ""): \(sentence)\n\(terminal.text)")
        terminal.type("Tab")
      case .told:
        guard runtime.state.servers.isLoaded else { break }
        terminal.type("Enter")
      case .seen: terminal.type("Enter")
      }
      do { try await clock.sleep(for: .milliseconds(2)) } catch { break }
    }
    if let tour { troubles.append("\(tour.step?.title ?? ""): \(tour.phase)\n\(terminal.text)") }
    return troubles
  }

  func remove() { bench.remove() }
}

@LoopActor @Suite(.inTurns) struct TourTests {
  @Test(arguments: [(80, 24), (120, 40)])
  func `the tour runs to its end, every step for real`(width: Int, height: Int) async throws {
    let stage = try DemoStage(width, height)
    defer { stage.remove() }
    let run = Task { @LoopActor in await stage.runtime.run() }
    let troubles = await stage.walk()
    #expect(troubles.isEmpty, "\(troubles.joined(separator: "\n"))")
    stage.terminal.type("q")
    run.cancel()
    _ = await run.value
    let state = stage.runtime.state
    #expect(state.servers.rows.count == 5 && state.tour == nil)
  }

  @Test func `what fails within a step is told at once`() {
    let failure = OperationFailure(.unauthorized, layer: "auth", "the client was refused")
    for news in [
      OperatorNews.auth(.failed("lumos", failure)), .auth(.scopesFailed("lumos", failure)),
      .auth(.listFailed(failure.sentence)),
    ] {
      var state = Sample.state(80, 24)
      state.beginTour()
      state.tour = TourState(index: 3, phase: .doing(1))
      _ = Reducer.reduce(&state, .operated(news))
      #expect(state.tour?.phase == .failed("the client was refused"))
    }
  }

  @Test func `a step has its time from the last thing that came about`() {
    var state = Sample.state(80, 24)
    state.beginTour()
    state.tour = TourState(index: 3, phase: .doing(4))
    let step = SignInStep(line: "POST /token 200", lines: [], json: [:])
    let effects = Reducer.reduce(&state, .operated(.auth(.step("lumos", step))))
    #expect(effects.contains(.startTimer(.tour, milliseconds: 20_000)))
    state.tour = nil
    #expect(Reducer.reduce(&state, .operated(.auth(.step("lumos", step)))).isEmpty)
  }

  @Test func `who hears the window hears the tour`() {
    var state = Sample.state(80, 24, ascii: true)
    state.isDemo = true
    state.beginTour()
    var spoken = SpokenView()
    let first = spoken.lines(state)
    #expect(first.contains("tour 1 of 12, Five systems at hand"))
    #expect(first.contains { $0.hasPrefix("This program serves all five to itself") })
    #expect(first.contains("keys: Enter goes on, Ctrl-X ends the tour"))
    Sample.press("Tab", &state)
    let second = spoken.lines(state)
    #expect(second.contains("tour 2 of 12, Call a tool"))
    #expect(second.contains("keys: Enter does it, Tab skips, Ctrl-X ends the tour"))
    state.tour?.phase = .failed("no such\u{1B}server")
    #expect(spoken.lines(state).contains("tour 2 of 12, Call a tool, failed"))
    Sample.press("Ctrl-X", &state)
    #expect(!spoken.lines(state).contains { $0.hasPrefix("tour") })
  }

  @Test func `steps can be skipped and the tour ended`() {
    var state = Sample.state(80, 24)
    state.isDemo = true
    state.beginTour()
    checkSizes(state, "tour")
    Sample.press("Enter", &state)
    #expect(state.tour?.index == 1)
    Sample.press("Tab Tab", &state)
    #expect(state.tour?.index == 3)
    Sample.press("Ctrl-X", &state)
    #expect(state.tour == nil)
  }

  @Test func `a step that cannot be done says why and can be tried again`() {
    var state = Sample.state(80, 24)
    state.beginTour()
    Sample.press("Tab Enter", &state)
    #expect(state.tour?.phase == .doing(1))
    // The sample has no such server: what was looked for is not found.
    _ = Reducer.reduce(&state, .targetRefused("no such server"))
    guard case .failed? = state.tour?.phase else {
      Issue.record("\(String(describing: state.tour))")
      return
    }
    checkSizes(state, "tour-failed")
    Sample.press("Enter", &state)
    #expect(state.tour?.phase == .doing(1))
  }
}

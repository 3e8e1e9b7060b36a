import EventLoop
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
    var isTriedAgain = false
    let clock = LoopActor.loop.clock
    let deadline = clock.now.advanced(by: .seconds(120))
    while let tour, clock.now < deadline {
      switch tour.phase {
      case .doing: break
      case .failed where !isTriedAgain:
        // What came too late on a busy machine is there by now.
        isTriedAgain = true
        terminal.type("Enter")
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

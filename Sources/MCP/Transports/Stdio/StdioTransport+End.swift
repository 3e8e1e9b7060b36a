import EventLoop
import Processes

extension StdioTransport {
  /// How long a server that has closed its output may take to exit before it counts as having hung up.
  static let exitPatience = Duration.seconds(1)

  /// A launcher that has done well may leave the server behind with its pipes; any other end is the server's end.
  func processEnded(_ outcome: ProcessEnd) {
    guard let child, !isClosing else { return }
    if outcome == .exited(0), child.isOutputOpen, child.hasDescendants { return }
    finish(.process(outcome, lastLines: lastLines))
  }

  func outputEnded() {
    Task { [weak self] in await self?.waitForExit() }
  }

  private func waitForExit() async {
    guard let child else { return }
    _ = await child.waitForExit(within: Self.exitPatience, on: clock)
    guard !isClosing else { return }
    guard let outcome = child.outcome else { return finish(.byPeer) }
    finish(.process(outcome, lastLines: lastLines))
  }

  private var lastLines: [String] { child?.log.lines.suffix(20) ?? [] }

  package func close() async {
    isClosing = true
    guard let child else { return finish(.byUs) }
    await child.end(teardown, clock: clock)
    finish(.byUs)
  }

  /// Tells the end once, after everything that was still to be told, and clears up behind the server.
  private func finish(_ end: TransportEnd) {
    guard let receive = endReceiving(end) else { return }
    receive(.closed(end))
    if let child, end != .byUs { Task { await child.end(teardown, clock: clock) } }
  }
}

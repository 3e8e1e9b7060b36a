import EventLoop
import Processes
import Testing

/// Collects what a child tells, and lets a test wait for it with a limit.
@LoopActor
final class ChildLog {
  static let patience = Duration.seconds(150)

  var output: [UInt8] = []
  var lines: [String] = []
  var failures: [SystemError] = []
  var outcome: ProcessEnd?
  let outputEnded = Latch()
  let ended = Latch()
  let failed = Latch()
  private var awaited: (text: String, latch: Latch)?

  var text: String { String(decoding: output, as: UTF8.self) }

  var events: ChildEvents {
    ChildEvents(
      output: { [self] in
        output += $0
        checkAwaited()
      },
      outputEnded: { [self] in outputEnded.set() },
      logLine: { [self] in lines.append($0) },
      inputFailed: { [self] in
        failures.append($0)
        failed.set()
      },
      ended: { [self] in
        outcome = $0
        ended.set()
      })
  }

  /// Waits until the output contains that text.
  func waitForOutput(_ text: String) async throws {
    let latch = Latch()
    awaited = (text, latch)
    checkAwaited()
    try await Self.wait(latch)
  }

  private func checkAwaited() {
    if let awaited, text.contains(awaited.text) { awaited.latch.set() }
  }

  static func wait(_ latch: Latch) async throws {
    try #require(await latch.wait(within: patience, on: LoopActor.loop.clock))
  }
}

extension LaunchRequest {
  /// A shell script, with the variables a child always gets.
  static func sh(_ script: String, directory: String? = nil) -> LaunchRequest {
    LaunchRequest(
      program: "sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"],
      directory: directory)
  }
}

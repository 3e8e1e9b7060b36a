import CLinux
package import EventLoop
import Glibc

/// What a child process tells its owner. All of it comes on the loop, `ended` after the last output that was there.
package struct ChildEvents: Sendable {
  /// Bytes of standard output, valid during the call.
  package var output: @LoopActor (UnsafeRawBufferPointer) -> Void
  package var outputEnded: @LoopActor () -> Void
  package var logLine: @LoopActor (String) -> Void
  /// The child no longer takes input; what was waiting is lost.
  package var inputFailed: @LoopActor (SystemError) -> Void
  package var ended: @LoopActor (ProcessEnd) -> Void

  package init(
    output: @escaping @LoopActor (UnsafeRawBufferPointer) -> Void = { _ in },
    outputEnded: @escaping @LoopActor () -> Void = {},
    logLine: @escaping @LoopActor (String) -> Void = { _ in },
    inputFailed: @escaping @LoopActor (SystemError) -> Void = { _ in },
    ended: @escaping @LoopActor (ProcessEnd) -> Void = { _ in }
  ) {
    self.output = output
    self.outputEnded = outputEnded
    self.logLine = logLine
    self.inputFailed = inputFailed
    self.ended = ended
  }
}

/// A running program with its three pipes, leader of a session of its own.
///
/// Its process number stays taken until `end` has returned, so that no signal can hit a stranger.
@LoopActor
package final class ChildProcess {
  package nonisolated let pid: Int32
  package let input: PipeWriter
  /// The last lines of standard error.
  package private(set) var log = LogRing()
  /// How the program itself ended, once it has.
  package private(set) var outcome: ProcessEnd?

  let family: Family
  let exited = Latch()
  let gone = Latch()
  var isEnding = false
  var whenGone: @LoopActor () -> Void = {}
  private let events: ChildEvents
  private var lines = LogLineSplitter()
  private var lastEffort: ProcessEffort?
  private var output: PipeReader?
  private var error: PipeReader?
  private let handle: Int32
  private let claim: ChildClaim
  private var exitWatch: FileWatch?

  init(
    pid: pid_t, mark: String, pipes: OwnPipeEnds, inputLimit: Int, events: ChildEvents
  ) throws(SystemError) {
    self.pid = pid
    self.events = events
    claim = ChildClaim(pid)
    family = Family(leader: pid, mark: mark)
    input = PipeWriter(fd: pipes.input, limit: inputLimit, failed: events.inputFailed)
    handle = al_pidfd_open(pid)
    output = try PipeReader(fd: pipes.output, take: events.output, ended: events.outputEnded)
    error = try PipeReader(
      fd: pipes.error, take: { [weak self] in self?.takeLog($0) },
      ended: { [weak self] in self?.flushLog() })
    guard handle >= 0 else { throw .current("pidfd_open") }
    exitWatch = try LoopActor.loop.watch(handle, for: .read) { [weak self] _ in self?.noticeExit() }
  }

  isolated deinit { if handle >= 0 { Glibc.close(handle) } }

  package var isOutputOpen: Bool { output?.isOpen ?? false }

  /// Whether anything of the program is left, itself or what it has started.
  package var hasDescendants: Bool { !family.others().isEmpty }

  /// Whether it has read its input and does something about it, since this was last asked.
  package func attention() -> ChildAttention {
    guard input.unreadBytes == 0 else { return .unread }
    let effort = family.effort()
    defer { lastEffort = effort }
    return effort.isAtWork || effort.ticks != lastEffort?.ticks ? .atWork : .atRest
  }

  /// Memory of the program and all it has started, in bytes.
  package func residentBytes() -> Int { family.residentBytes() }

  private func noticeExit() {
    guard let outcome = claim.outcome else { return }
    exitWatch?.cancel()
    output?.drain()
    error?.drain()
    flushLog()
    self.outcome = outcome
    self.exited.set()
    events.ended(outcome)
  }

  private func takeLog(_ bytes: UnsafeRawBufferPointer) {
    lines.take(bytes, keep)
  }

  private func flushLog() { lines.flush(keep) }

  private func keep(_ line: String) {
    log.append(line)
    events.logLine(line)
  }

  /// Lets go of pipes and of the process number.
  func release() {
    input.close()
    output?.close()
    error?.close()
    (output, error) = (nil, nil)
    exitWatch?.cancel()
    claim.reap()
  }
}

import EventLoop
import Glibc

/// Lines typed at a terminal, read on the loop so that signals, timers and the server go on meanwhile.
@LoopActor
final class TerminalLines {
  /// The one reader of this process's input: bytes typed ahead wait in it.
  nonisolated static let standardInput = TerminalLines(STDIN_FILENO)

  private let descriptor: Int32
  private var typed: [UInt8] = []
  private var isAtEnd = false
  private var watch: FileWatch?
  private var waiting: CheckedContinuation<String?, Never>?
  private static let block = 4096

  nonisolated init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Nil at the end of input, and as soon as the task is cancelled.
  func next(isHidden: Bool) async -> String? {
    if let line = takeLine() { return line }
    guard !isAtEnd, !Task.isCancelled, waiting == nil else { return nil }
    let echo = isHidden ? EchoSwitch(descriptor) : nil
    defer { echo?.restore() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiting = continuation
        listen()
      }
    } onCancel: {
      Task { @LoopActor in self.finish(nil) }
    }
  }

  private func listen() {
    do throws(SystemError) {
      watch = try LoopActor.loop.watch(descriptor, for: .read) { [weak self] _ in self?.read() }
    } catch {
      finish(nil)
    }
  }

  private func read() {
    var bytes = [UInt8](repeating: 0, count: Self.block)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else {
      isAtEnd = count < 0
      return finish(typed.isEmpty ? nil : takeRest())
    }
    typed += bytes[..<count]
    if let line = takeLine() { finish(line) }
  }

  private func finish(_ line: String?) {
    watch?.cancel()
    watch = nil
    waiting?.resume(returning: line)
    waiting = nil
  }

  private func takeLine() -> String? {
    guard let end = typed.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { typed.removeSubrange(...end) }
    return String(decoding: typed[..<end], as: UTF8.self)
  }

  private func takeRest() -> String {
    defer { typed = [] }
    return String(decoding: typed, as: UTF8.self)
  }
}

/// Keeps a terminal from showing what is typed, until it is restored.
@LoopActor
private final class EchoSwitch {
  private let descriptor: Int32
  private var before = termios()
  private var isOff = false

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    guard tcgetattr(descriptor, &before) == 0 else { return }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO)
    isOff = tcsetattr(descriptor, TCSAFLUSH, &quiet) == 0
    // A second Ctrl-C ends the process at once.
    if isOff { LoopActor.loop.asLastResort { [weak self] in self?.restore() } }
  }

  func restore() {
    guard isOff else { return }
    isOff = false
    tcsetattr(descriptor, TCSADRAIN, &before)
  }
}

import CLinux
import Glibc

/// A signal by its number.
package struct Signal: RawRepresentable, Sendable, Hashable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let hangUp = Signal(rawValue: SIGHUP)
  package static let interrupt = Signal(rawValue: SIGINT)
  package static let quit = Signal(rawValue: SIGQUIT)
  package static let kill = Signal(rawValue: SIGKILL)
  package static let terminate = Signal(rawValue: SIGTERM)
  package static let user1 = Signal(rawValue: SIGUSR1)
  package static let user2 = Signal(rawValue: SIGUSR2)
  package static let alarm = Signal(rawValue: SIGALRM)
  package static let windowChanged = Signal(rawValue: SIGWINCH)
  package static let suspend = Signal(rawValue: SIGTSTP)
  package static let resume = Signal(rawValue: SIGCONT)

  var bit: UInt64 { 1 << UInt64(rawValue - 1) }

  /// `SIGTERM`, or `signal 42` for one that has no common name.
  package var name: String { Self.names[rawValue] ?? "signal \(rawValue)" }

  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
    SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1",
    SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM",
    SIGTERM: "SIGTERM", SIGWINCH: "SIGWINCH", SIGTSTP: "SIGTSTP", SIGCONT: "SIGCONT",
    SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
  ]
}

/// A subscription to one signal; dropping it cancels it.
@LoopActor
package final class SignalWatch {
  private let signal: Signal
  private let id: UInt64
  private let loop: EventLoop

  init(_ signal: Signal, id: UInt64, loop: EventLoop) {
    self.signal = signal
    self.id = id
    self.loop = loop
  }

  isolated deinit { loop.signals.actions[signal]?.removeValue(forKey: id) }

  package func cancel() { loop.signals.actions[signal]?.removeValue(forKey: id) }
}

/// The loop's side of signals: one signalfd for all that were ever asked for.
struct SignalTable {
  var bits: UInt64 = 0
  var fd: Int32 = -1
  var watch: FileWatch?
  var actions: [Signal: [UInt64: @LoopActor () -> Void]] = [:]
  var lastID: UInt64 = 0
}

extension EventLoop {
  /// Calls `action` on the loop for every such signal. The signal should have been named to `run(catching:)`,
  /// for only there it can be held back from every thread of the process.
  package func onSignal(
    _ signal: Signal, _ action: @escaping @LoopActor () -> Void
  ) throws(SystemError) -> SignalWatch {
    try receive([signal])
    signals.lastID += 1
    signals.actions[signal, default: [:]][signals.lastID] = action
    return SignalWatch(signal, id: signals.lastID, loop: self)
  }

  func receive(_ added: [Signal]) throws(SystemError) {
    let bits = added.reduce(signals.bits) { $0 | $1.bit }
    guard bits != signals.bits else { return }
    al_signals_block(bits)
    let fd = al_signalfd(signals.fd, bits)
    guard fd >= 0 else { throw .current("signalfd") }
    signals.bits = bits
    guard signals.fd < 0 else { return }
    signals.fd = fd
    signals.watch = try watch(fd, for: .read) { [unowned self] _ in takeSignals() }
  }

  private func takeSignals() {
    var number: Int32 = 0
    var sender: pid_t = 0
    while al_signalfd_read(signals.fd, &number, &sender) == 1 { took(Signal(rawValue: number)) }
  }

  private func took(_ signal: Signal) {
    let actions = signals.actions[signal] ?? [:]
    if actions.isEmpty, Self.ending.contains(signal) { interrupt(by: signal) }
    for action in actions.sorted(by: { $0.key < $1.key }) { action.value() }
  }

  /// Signals that end the program when nobody has subscribed to them.
  private static let ending: Set<Signal> = [
    .hangUp, .interrupt, .quit, .terminate, .user1, .user2, .alarm,
  ]
}

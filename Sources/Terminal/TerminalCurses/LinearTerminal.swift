import CNcurses
package import EventLoop
import Glibc
package import TerminalCore

/// A terminal that is told lines and shown no screen, for screen readers and for terminals that can show none.
@LoopActor
package final class LinearTerminal {
  package let isASCII: Bool
  package let colors = 0
  package private(set) var size: Size

  private static let modesOn = "\u{1B}[?2004h"
  private static let modesOff = "\u{1B}[?2004l\r\n"

  private let line: TerminalLine
  private let loop: EventLoop
  private let takesModes: Bool
  private var isHandedOver = false
  private var parser = InputParser()
  private var expiry: LoopTimer?
  private var watches: [SignalWatch] = []
  private var receive: ((TerminalEvent) -> Void)?

  package init(
    environment: [String: String], loop: EventLoop
  ) throws(TerminalFailure) {
    let term = environment["TERM"] ?? ""
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalFailure(code: .noTerminal, name: term)
    }
    isASCII = acn_locale(Locale.namesUTF8(environment) ? 1 : 0) == 0
    size = CursesTerminal.windowSize(environment)
    takesModes = !term.isEmpty && term != "dumb"
    self.loop = loop
    line = TerminalLine(loop: loop)
  }

  private func enter() {
    acn_mode_raw(line.output)
    let reset = takesModes ? Self.modesOff : "\r\n"
    acn_emergency_arm(line.output, reset, reset.utf8.count, CrashReport.lastWords)
    if takesModes { line.send(Array(Self.modesOn.utf8)) }
  }

  private func leave() {
    line.send(Array((takesModes ? Self.modesOff : "\r\n").utf8))
    line.flush(within: 50)
    acn_mode_restore(line.output)
    acn_emergency_disarm()
  }

  private func take(_ bytes: [UInt8]) {
    expiry = nil
    deliver(parser.feed(bytes))
    guard let milliseconds = parser.pending.milliseconds else { return }
    expiry = loop.clock.timer(after: .milliseconds(milliseconds)) { [unowned self] in
      expiry = nil
      deliver(parser.expire())
    }
  }

  private func deliver(_ inputs: [TerminalInput]) {
    if !inputs.isEmpty { receive?(.input(inputs)) }
  }
}

extension LinearTerminal: @LoopActor Terminal {
  package var isLinear: Bool { true }
  package var isReady: Bool { line.isDrained && !isHandedOver }

  package func start(_ receive: @escaping (TerminalEvent) -> Void) {
    self.receive = receive
    do throws(SystemError) {
      try line.start(
        TerminalLine.Handlers(
          bytes: { [unowned self] in take($0) },
          drained: { [unowned self] in self.receive?(.drained) },
          lost: { [unowned self] in self.receive?(.lost) }))
      watches = [
        try loop.onSignal(.windowChanged) { [unowned self] in
          size = CursesTerminal.windowSize([:])
        },
        try loop.onSignal(.suspend) { [unowned self] in
          if !isHandedOver { self.receive?(.suspendRequested) }
        },
        try loop.onSignal(.resume) { [unowned self] in
          if self.receive != nil, !isHandedOver { enter() }
        },
      ]
    } catch {
      return receive(.lost)
    }
    acn_mode_save(line.output)
    enter()
  }

  /// The lines as they are; nothing that was said before is taken back.
  package func say(_ lines: [String]) {
    line.send(Array(lines.map { $0 + "\r\n" }.joined().utf8))
  }

  package func paint(_ runs: [Run], cursor: Point?) {}
  package func resize() { size = CursesTerminal.windowSize([:]) }
  package func invalidate() {}
  package func use(_ theme: ResolvedTheme) {}
  package func setMouse(_ isOn: Bool) {}

  package func copy(_ text: String) {
    if takesModes { line.send(Array(ClipboardText.sequence(text).utf8)) }
  }

  package func suspend() {
    leave()
    acn_suspend_group()
    enter()
  }

  package func handOver() {
    isHandedOver = true
    line.pause()
    leave()
  }

  package func takeBack() {
    guard isHandedOver, receive != nil else { return }
    isHandedOver = false
    line.goOn()
    enter()
    receive?(.resized)
  }

  package func stop() {
    guard receive != nil else { return }
    receive = nil
    expiry?.cancel()
    watches = []
    if !isHandedOver { leave() }
    line.stop()
  }
}

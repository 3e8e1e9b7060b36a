import CNcurses
import EventLoop
package import TerminalCore

/// Taking the terminal and giving it back.
extension CursesTerminal {
  /// How long a stuck terminal may hold up our leaving.
  private static let farewell: Int32 = 50

  package func start(_ receive: @escaping (TerminalEvent) -> Void) {
    self.receive = receive
    do throws(SystemError) {
      try line.start(
        TerminalLine.Handlers(
          bytes: { [unowned self] in take($0) },
          drained: { [unowned self] in self.receive?(.drained) },
          lost: { [unowned self] in self.receive?(.lost) }))
      try watchSignals()
    } catch {
      // A descriptor that cannot be watched is as good as none.
      return receive(.lost)
    }
  }

  package func stop() {
    guard !isStopped else { return }
    isStopped = true
    receive = nil
    expiry?.cancel()
    watches = []
    if !isHandedOver { leave() }
    acn_stop()
    line.stop()
  }

  package func suspend() {
    leave()
    acn_suspend_group()
    resume()
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
    resume()
  }

  package func setMouse(_ isOn: Bool) {
    isMouseOn = isOn
    line.send(Array((isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff).utf8))
  }

  package func copy(_ text: String) {
    line.send(Array(ClipboardText.sequence(text).utf8))
  }

  // MARK: - Steps

  func enter() {
    acn_mode_raw(line.output)
    let reset = modes.crashReset
    acn_emergency_arm(line.output, reset, reset.utf8.count, CrashReport.lastWords)
    line.send(Array(TerminalModes.enter.utf8))
    if isMouseOn { setMouse(true) }
  }

  /// Every step is tried, whatever became of the one before.
  private func leave() {
    var count = 0
    let farewell = UnsafeBufferPointer(start: acn_leave(&count), count: count)
    line.send(Array(TerminalModes.leave.utf8) + farewell)
    line.flush(within: Self.farewell)
    acn_mode_restore(line.output)
    acn_emergency_disarm()
  }

  private func resume() {
    takeSize()
    enter()
    sendFrame()
    receive?(.resized)
  }

  private func watchSignals() throws(SystemError) {
    watches = [
      try loop.onSignal(.windowChanged) { [unowned self] in
        if !isHandedOver { receive?(.resized) }
      },
      try loop.onSignal(.suspend) { [unowned self] in
        if !isHandedOver { receive?(.suspendRequested) }
      },
      try loop.onSignal(.resume) { [unowned self] in
        if receive != nil, !isHandedOver { resume() }
      },
    ]
  }
}

import EventLoop
import TerminalCore

/// From bytes to events. The parser says what it is in the middle of; the loop's timer ends it.
extension CursesTerminal {
  func take(_ bytes: [UInt8]) {
    expiry = nil
    deliver(parser.feed(bytes))
    awaitRest()
  }

  private func awaitRest() {
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

import EventLoop
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// A call that was sent, as long as its answer is awaited.
struct PendingCall: Sendable {
  let method: String
  /// Neither an opening nor a probe is cancelled by a message: the one must not be, the other may poison the peer.
  var isCancellable: Bool
  let limits: TimeLimits
  var exchange: ExchangeID?
  var heard: LoopInstant
  var totalDeadline: LoopInstant
  var lastProgress: Double?
  /// An answer on the call's own exchange under an id that was not asked under, and the frame that brought it: taken
  /// where no better one comes.
  var stray: (response: RPCResponse, frame: [UInt8])?

  init(_ call: EncodedCall, limits: TimeLimits, now: LoopInstant) {
    method = call.method
    isCancellable = !call.opens
    self.limits = limits
    heard = now
    totalDeadline = limits.total.map { now.advanced(by: $0) } ?? .distantFuture
  }

  private var idleDeadline: LoopInstant {
    limits.idle.map { heard.advanced(by: $0) } ?? .distantFuture
  }

  var deadline: LoopInstant { min(idleDeadline, totalDeadline) }

  func overdue(_ now: LoopInstant) -> TimeLimit? {
    if totalDeadline <= now, let total = limits.total { return .total(total) }
    if idleDeadline <= now, let idle = limits.idle { return .idle(idle) }
    return nil
  }

  /// The clock stood still for that long, because the server waited for our user.
  mutating func excuse(_ pause: Duration) {
    heard = heard.advanced(by: pause)
    if totalDeadline != .distantFuture { totalDeadline = totalDeadline.advanced(by: pause) }
  }
}

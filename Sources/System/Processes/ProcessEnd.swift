package import EventLoop

/// How a process ended.
package enum ProcessEnd: Sendable, Hashable {
  case exited(Int32)
  case killed(Signal)
  /// The kernel tells it once, and somebody else has heard it.
  case unknown
}

extension ProcessEnd: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exited(126): "exited with status 126 (a shell's word for: it cannot be executed)"
    case .exited(127): "exited with status 127 (a shell's word for: command not found)"
    case .exited(let status): "exited with status \(status)"
    case .killed(let signal): "was killed by \(signal.name)"
    case .unknown: "ended, and nothing says how"
    }
  }
}

import TerminalCore

/// What the status line says, and for how long.
struct Status: Sendable, Hashable {
  enum Level: Sendable, Hashable {
    case info
    case warning
    case error

    /// An error stays until a key is pressed.
    var milliseconds: Int? {
      switch self {
      case .info: 2000
      case .warning: 4000
      case .error: nil
      }
    }

    var role: Role {
      switch self {
      case .info: .toastInfo
      case .warning: .toastWarn
      case .error: .toastError
      }
    }
  }

  let level: Level
  let text: String
}

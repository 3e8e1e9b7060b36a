package import TerminalCore
import Widgets

/// Everything the window knows. It changes only in the reducer.
package struct ConsoleState: Sendable, Hashable {
  package var size: Size
  /// Where a person has drilled to; the first is the root and never leaves.
  var route: [Screen] = [.servers]
  var servers = ServersState()
  var help: HelpState?
  var status: Status?
  /// Ctrl-C was pressed at rest: once more and the program ends.
  var isQuitArmed = false
  var isMouseOn = false
  package var signs: SignSet

  package init(size: Size, signs: SignSet = SignSet(), isMouseOn: Bool = false) {
    self.isMouseOn = isMouseOn
    self.size = size
    self.signs = signs
  }

  var screen: Screen { route.last ?? .servers }

  /// Below this the window is a card that says so.
  static let smallest = Size(width: 40, height: 8)

  var isTooSmall: Bool {
    size.width < Self.smallest.width || size.height < Self.smallest.height
  }
}

/// A place that can be drilled into.
enum Screen: Sendable, Hashable {
  case servers
  case server(name: String)

  var crumb: String {
    switch self {
    case .servers: "servers"
    case .server(let name): name
    }
  }
}

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

import EventLoop
import MCPProtocol
import SafeText

/// One line on a terminal that is written over with every progress message, and gone when the answer comes.
@LoopActor
final class ProgressLine {
  private let output: Output
  private var isShown = false
  /// While somebody is asked something on the same terminal.
  var isPaused = false { didSet { if isPaused { hide() } } }
  private static let width = 24

  nonisolated init(_ output: Output) { self.output = output }

  func hide() {
    guard isShown else { return }
    isShown = false
    output.write("\r\u{1b}[K")
    output.flush()
  }

  func show(_ update: ProgressUpdate) {
    guard !isPaused else { return }
    isShown = true
    output.write("\r\u{1b}[K" + Self.text(update))
    output.flush()
  }

  static func text(_ update: ProgressUpdate) -> String {
    let words = update.message.map { " " + SafeText($0).text.prefix(60) } ?? ""
    guard let total = update.total, total > 0 else { return "\(update.progress)\(words)" }
    let share = min(max(update.progress / total, 0), 1)
    let filled = Int(share * Double(width))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    return "[\(bar)] \(Int(share * 100))%\(words)"
  }
}

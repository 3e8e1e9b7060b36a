import CNcurses
package import EventLoop
import Glibc
package import TerminalCore

/// The person's terminal, painted by ncurses and read by our own parser.
@LoopActor
package final class CursesTerminal {
  package let isASCII: Bool
  package let colors: Int
  /// A sentence worth showing once: the terminal's name is unknown here.
  package let notice: String?
  package private(set) var size: Size

  let line: TerminalLine
  let loop: EventLoop
  let modes: TerminalModes
  var theme: ResolvedTheme
  var isMouseOn = false
  /// It was given back.
  var isStopped = false
  /// Another program has the terminal.
  var isHandedOver = false
  var parser = InputParser()
  var expiry: LoopTimer?
  var watches: [SignalWatch] = []
  var receive: ((TerminalEvent) -> Void)?

  /// Takes over the terminal on standard input and output; `stop` gives it back.
  package init(
    environment: [String: String], wantsDirect: Bool, loop: EventLoop
  ) throws(TerminalFailure) {
    let term = environment["TERM"] ?? ""
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw TerminalFailure(code: .noTerminal, name: term)
    }
    isASCII = acn_locale(Locale.namesUTF8(environment) ? 1 : 0) == 0
    let size = Self.windowSize(environment)
    let description = try Self.startCurses(term: term, wantsDirect: wantsDirect, size: size)
    notice = description.isStandIn(for: term) ? Self.notice(term, description) : nil
    colors = Int(acn_colors())
    modes = TerminalModes.ofCurrentDescription()
    // Plain until somebody says how it is to look.
    theme = ResolvedTheme(Theme(name: ""), depth: .mono)
    self.size = size
    self.loop = loop
    line = TerminalLine(loop: loop)
    // At once: whoever waits for the window sees that it comes.
    acn_mode_save(line.output)
    enter()
  }

  private static func startCurses(
    term: String, wantsDirect: Bool, size: Size
  ) throws(TerminalFailure) -> TerminalDescription {
    for candidate in TerminalDescription.candidates(term: term, wantsDirect: wantsDirect) {
      switch Int(
        acn_start(candidate.name, candidate.definition, Int32(size.width), Int32(size.height)))
      {
      case ACN_STARTED: return candidate
      case ACN_INCAPABLE_TERMINAL: throw TerminalFailure(code: .incapable, name: term)
      case ACN_NO_MEMORY: throw TerminalFailure(code: .noMemory, name: term)
      default: continue
      }
    }
    throw TerminalFailure(code: .incapable, name: term)
  }

  private static func notice(_ term: String, _ description: TerminalDescription) -> String {
    let name = term.isEmpty ? "TERM is not set" : "TERM=\(term) is unknown here"
    return "\(name); drawing as \(description.name)"
  }

  /// What the terminal says, else the environment, else 80×24.
  static func windowSize(_ environment: [String: String]) -> Size {
    var width: Int32 = 0
    var height: Int32 = 0
    if acn_window_size(STDOUT_FILENO, &width, &height) == 0 {
      return Size(width: Int(width), height: Int(height))
    }
    func number(_ name: String, _ standard: Int) -> Int {
      environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? standard
    }
    return Size(width: number("COLUMNS", 80), height: number("LINES", 24))
  }

  func takeSize() {
    size = Self.windowSize([:])
    acn_resize(Int32(size.width), Int32(size.height))
  }
}

/// What the environment says of characters.
enum Locale {
  /// The first of the three that is set decides, as setlocale does it.
  static func namesUTF8(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let value = names.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else {
      return false
    }
    let lowered = value.lowercased()
    return lowered.hasSuffix("utf-8") || lowered.hasSuffix("utf8")
  }
}

import CNcurses

/// The terminal's private modes that we set, and the strings that set and clear them.
struct TerminalModes: Sendable {
  /// Pastes come marked as such.
  static let enter = "\u{1B}[?2004h"
  static let mouseOn = "\u{1B}[?1002h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l"
  /// Everything back, set or not: a mode more costs nothing, a mode less costs the person's shell.
  static let leave = mouseOff + "\u{1B}[?2004l"

  /// What a crash sends: it cannot ask curses any more.
  let crashReset: String

  static func ofCurrentDescription() -> TerminalModes {
    let own = ["sgr0", "cnorm", "rmcup"].map(capability)
    let newLine = own[2].isEmpty ? "\r\n" : ""
    return TerminalModes(
      crashReset: "\u{1B}[?2026l" + leave + own.joined() + newLine)
  }

  /// A capability as it is sent, its padding (`$<5>`) left out.
  private static func capability(_ name: String) -> String {
    guard let value = acn_capability(name) else { return "" }
    var plain = ""
    var isPadding = false
    for character in String(cString: value) {
      if character == "$" { isPadding = true }
      if !isPadding { plain.append(character) }
      if character == ">" { isPadding = false }
    }
    return plain
  }
}

import SafeText
import TerminalCore

extension FuzzSubject {
  /// Keys are the same in whatever pieces they come, and after a pause every key is whole.
  static let keys = FuzzSubject(
    "keys",
    words: [
      "\u{1B}", "\u{1B}[", "\u{1B}[A", "\u{1B}O", "\u{1B}[<0;1;1M", "\u{1B}[200~", "\u{1B}[201~",
      "\u{1B}]0;x\u{07}", "\u{1B}P", "\u{1B}\\", ";5u", "\u{1B}[1;5C", "é", "\u{1B}[M", "😀",
    ]
  ) { bytes in
    var (whole, pieces) = (InputParser(), InputParser())
    let (keys, apart) = (whole.feed(bytes), bytes.flatMap { pieces.feed([$0]) })
    if let objection = differs(keys, apart, "a key") { return objection }
    _ = whole.expire()
    return whole.pending == .nothing && whole.feed([0x61]) == [.key(Key(.character("a")))]
      ? nil : "after a pause a key is not read as itself"
  }

  /// Nothing that moves a cursor is left, and what is safe stays as it is.
  static let safeText = FuzzSubject(
    "safe-text",
    words: [
      "\u{1B}[2J", "\u{1B}]52;c;AA==\u{07}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{E0041}", "\r",
      "\n", "\t", "\u{7F}", "é", "e\u{301}", "👩‍👩‍👧", "\u{FEFF}", "\u{2028}",
    ]
  ) { bytes in
    for (options, isBlock) in [(SafeText.Options.line, false), (.block, true)] {
      let text = SafeText(bytes: bytes, options).text
      let unsafe = text.unicodeScalars.first { isUnsafe($0, isBlock: isBlock) }
      if let unsafe { return "U+\(String(unsafe.value, radix: 16)) is left" }
      if SafeText(text, options).text != text { return "it changes when made safe again: \(text)" }
    }
    return nil
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar, isBlock: Bool) -> Bool {
    if isBlock && (scalar == "\n" || scalar == "\t") { return false }
    return switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
    default: false
    }
  }

  /// A theme is read whatever it says, and read the same twice.
  static let theme = FuzzSubject(
    "theme",
    words: [
      "[palette]", "[styles]", "name = ", "base = ", "#ff8800", "inherits = dark", "bold", "=",
      "\n",
      "text = ", "[", "]", "\"",
    ]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let (once, twice) = (
      ThemeParser.parse(text, name: "fuzz") { _ in text },
      ThemeParser.parse(text, name: "fuzz") { _ in text }
    )
    return once.warnings == twice.warnings ? nil : "the same text is read in two ways"
  }
}

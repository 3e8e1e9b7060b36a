/// One complete CSI or SS3 sequence and what it says.
struct ControlSequence {
  enum Meaning {
    case input(TerminalInput)
    case pasteStart
    case nothing
  }

  let parameters: [UInt8]
  let final: UInt8

  /// The numbers between semicolons; sub-parameters after a colon are left out, a missing number is nil.
  private var numbers: [Int?] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      let digits = $0.prefix { 0x30...0x39 ~= $0 }.prefix(6)
      return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
  }

  private var modifiers: Key.Modifiers {
    let numbers = numbers
    guard numbers.count > 1, let value = numbers[1], value > 0 else { return [] }
    return Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: (value - 1) & 7))
  }

  var meaning: Meaning {
    if parameters.first == UInt8(ascii: "<") { return mouse.map { .input(.mouse($0)) } ?? .nothing }
    if let report { return .input(report) }
    // Answers of the terminal (device attributes, modes) carry a private or an intermediate byte.
    if parameters.contains(where: { 0x3C...0x3F ~= $0 || 0x20...0x2F ~= $0 }) { return .nothing }
    switch final {
    case UInt8(ascii: "I"): return .input(.focus(true))
    case UInt8(ascii: "O"): return .input(.focus(false))
    case UInt8(ascii: "~"): return tilde
    case UInt8(ascii: "u"): return unicode.map { .input(.key($0)) } ?? .nothing
    case UInt8(ascii: "Z"): return .input(.key(Key(.tab, modifiers.union(.shift))))
    // A cursor report has two numbers too, but the first is not 1 unless the cursor stands in the first row; nothing here asks for one.
    default: return letterKey.map { .input(.key($0)) } ?? .nothing
    }
  }

  /// What a terminal answers when it is asked about pictures: device attributes with a 4 among them, and the size of a cell.
  private var report: TerminalInput? {
    switch final {
    case UInt8(ascii: "c") where parameters.first == UInt8(ascii: "?"):
      let attributes = parameters.dropFirst().split(separator: UInt8(ascii: ";"))
      return attributes.contains([UInt8(ascii: "4")]) ? .pictures(.sixel) : nil
    case UInt8(ascii: "t") where numbers.count == 3 && numbers[0] == 6:
      guard let height = numbers[1], let width = numbers[2], 1...200 ~= height, 1...200 ~= width
      else { return nil }
      return .cell(width: width, height: height)
    default: return nil
    }
  }

  private static let letters: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  private static let tildes: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  /// Keys of the number pad in application mode.
  private static let keypad: [UInt8: Key.Code] = {
    var rows: [UInt8: Key.Code] = [
      UInt8(ascii: "M"): .enter, UInt8(ascii: "I"): .tab, UInt8(ascii: " "): .character(" "),
      UInt8(ascii: "X"): .character("="),
    ]
    for (index, character) in "*+,-./0123456789".enumerated() {
      rows[UInt8(ascii: "j") + UInt8(index)] = .character(character)
    }
    return rows
  }()

  private var letterKey: Key? { Self.letters[final].map { Key($0, modifiers) } }

  var keypadKey: Key? {
    if let code = Self.letters[final] { return Key(code, modifiers) }
    return Self.keypad[final].map { Key($0) }
  }

  private var tilde: Meaning {
    let numbers = numbers
    guard let first = numbers[0] else { return .nothing }
    if first == 200 { return .pasteStart }
    if first == 27, numbers.count == 3, let value = numbers[2] {
      return key(value, modifiers).map { .input(.key($0)) } ?? .nothing
    }
    return Self.tildes[first].map { .input(.key(Key($0, modifiers))) } ?? .nothing
  }

  /// The kitty keyboard's `CSI code ; modifiers u`; a release (third kind of event) says nothing.
  private var unicode: Key? {
    let fields = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    if fields.count > 1, fields[1].suffix(2) == [UInt8(ascii: ":"), UInt8(ascii: "3")] {
      return nil
    }
    return numbers.first.flatMap { $0 }.flatMap { key($0, modifiers) }
  }

  private func key(_ value: Int, _ modifiers: Key.Modifiers) -> Key? {
    guard let number = UInt32(exactly: value), let scalar = Unicode.Scalar(number) else {
      return nil
    }
    if value == 27 { return Key(.escape, modifiers) }
    if value < 0x80 {
      var key = Key(ascii: UInt8(value))
      key.modifiers.formUnion(modifiers)
      return key
    }
    // The private use area holds keys that are nothing to us: media keys, lone modifiers.
    return 0xE000...0xF8FF ~= value ? nil : Key(.character(Character(scalar)), modifiers)
  }
}

extension Key {
  /// The key of one byte as a terminal sends it.
  init(ascii byte: UInt8) {
    switch byte {
    case 0x00: self = .control(" ")
    case 0x08, 0x7F: self.init(.backspace)
    case 0x09: self.init(.tab)
    case 0x0D: self.init(.enter)
    case 0x1B: self.init(.escape)
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C...0x1F: self = .control(Character(Unicode.Scalar(byte + 0x40)))
    default: self = .character(Character(Unicode.Scalar(byte)))
    }
  }
}

/// Turns the bytes of a terminal into input. Bytes may be split anywhere; unknown sequences are swallowed whole.
package struct InputParser: Sendable {
  /// What the parser is in the middle of, and so how long it is worth waiting for the rest.
  package enum Pending: Sendable, Hashable {
    /// Nothing: no timer is needed.
    case nothing
    /// A lone Esc: the key, unless more follows at once (25 ms).
    case escape
    /// Part of a sequence or of a character; a slow line may take its time (250 ms).
    case sequence
    /// A paste without its end mark (2 s).
    case paste

    package var milliseconds: Int? {
      switch self {
      case .nothing: nil
      case .escape: 25
      case .sequence: 250
      case .paste: 2000
      }
    }
  }

  enum State: Sendable, Hashable {
    case ground
    case escape
    case csi
    case ss3
    /// `CSI M` of the old mouse encoding: so many bytes to swallow.
    case skipping(Int)
    /// OSC, DCS, APC, PM or SOS: swallowed up to BEL or ST.
    case string(sawEscape: Bool)
    case paste
    case utf8(needed: Int)
  }

  /// A sequence longer than this is noise.
  static let longestSequence = 256
  /// More than this of one paste is dropped.
  package static let longestPaste = 64 << 20

  var state = State.ground
  private(set) var events: [TerminalInput] = []
  var held: [UInt8] = []

  package init() {}

  package var pending: Pending {
    switch state {
    case .ground: .nothing
    case .escape: .escape
    case .paste: .paste
    default: .sequence
    }
  }

  /// Takes bytes and returns what they complete.
  package mutating func feed(_ bytes: [UInt8]) -> [TerminalInput] { feed(bytes[...]) }

  package mutating func feed(_ bytes: ArraySlice<UInt8>) -> [TerminalInput] {
    var rest = bytes
    while let byte = rest.first {
      if state == .paste {
        rest = takePaste(rest)
      } else {
        take(byte)
        rest = rest.dropFirst()
      }
    }
    return drain()
  }

  /// Ends what is pending after its time: a lone Esc is the key, `Esc [` is Alt-[, a half sequence is dropped.
  package mutating func expire() -> [TerminalInput] {
    switch state {
    case .escape: emit(Key(.escape))
    case .csi where held.isEmpty: emit(Key(.character("["), .alt))
    case .ss3 where held.isEmpty: emit(Key(.character("O"), .alt))
    case .paste: finishPaste()
    default: break
    }
    enter(.ground)
    return drain()
  }

  // MARK: - Steps

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeGround(byte)
    case .escape: takeEscape(byte)
    case .csi: takeCSI(byte)
    case .ss3: takeSS3(byte)
    case .skipping(let count): enter(count > 1 ? .skipping(count - 1) : .ground)
    case .string(let sawEscape): takeString(byte, sawEscape: sawEscape)
    case .utf8(let needed): takeUTF8(byte, needed: needed)
    case .paste: break
    }
  }

  private mutating func takeGround(_ byte: UInt8) {
    switch byte {
    case 0x1B: enter(.escape)
    case 0..<0x80: emit(Key(ascii: byte))
    case 0xC2...0xDF: beginUTF8(byte, needed: 1)
    case 0xE0...0xEF: beginUTF8(byte, needed: 2)
    case 0xF0...0xF4: beginUTF8(byte, needed: 3)
    default: break
    }
  }

  private mutating func takeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): enter(.csi)
    case UInt8(ascii: "O"): enter(.ss3)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      enter(.string(sawEscape: false))
      hold(byte)
    case 0x1B: emit(Key(.escape))
    case 0..<0x80:
      var key = Key(ascii: byte)
      key.modifiers.insert(.alt)
      emit(key)
      enter(.ground)
    default:
      emit(Key(.escape))
      enter(.ground)
      take(byte)
    }
  }

  // MARK: - Parts

  mutating func emit(_ key: Key) { events.append(.key(key)) }
  mutating func emit(_ input: TerminalInput) { events.append(input) }

  mutating func enter(_ next: State) {
    state = next
    held.removeAll(keepingCapacity: true)
  }

  mutating func hold(_ byte: UInt8) {
    if held.count < Self.longestSequence { held.append(byte) }
  }

  private mutating func drain() -> [TerminalInput] {
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  private mutating func beginUTF8(_ byte: UInt8, needed: Int) {
    enter(.utf8(needed: needed))
    held.append(byte)
  }

  private mutating func takeUTF8(_ byte: UInt8, needed: Int) {
    guard 0x80..<0xC0 ~= byte else {
      enter(.ground)
      return take(byte)
    }
    held.append(byte)
    guard needed == 1 else {
      state = .utf8(needed: needed - 1)
      return
    }
    if let text = String(validating: held, as: UTF8.self), let character = text.first {
      emit(.character(character))
    }
    enter(.ground)
  }
}

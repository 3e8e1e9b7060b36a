extension InputParser {
  mutating func takeCSI(_ byte: UInt8) {
    // The Linux console sends `CSI [ A` for F1.
    if held == [UInt8(ascii: "[")] {
      if 0x41...0x45 ~= byte { emit(Key(.function(Int(byte) - 0x40))) }
      return enter(.ground)
    }
    if held.isEmpty, byte == UInt8(ascii: "[") { return held.append(byte) }
    switch byte {
    case 0x20..<0x40: hold(byte)
    case UInt8(ascii: "M") where held.isEmpty: enter(.skipping(3))
    case 0x40..<0x7F:
      let sequence = ControlSequence(parameters: held, final: byte)
      enter(.ground)
      finish(sequence)
    case 0x1B: enter(.escape)
    default: enter(.ground)
    }
  }

  mutating func takeSS3(_ byte: UInt8) {
    switch byte {
    case 0x30...0x3B: hold(byte)
    case 0x1B: enter(.escape)
    default:
      let key = ControlSequence(parameters: held, final: byte).keypadKey
      enter(.ground)
      if let key { emit(key) }
    }
  }

  mutating func takeString(_ byte: UInt8, sawEscape: Bool) {
    switch byte {
    case 0x07, 0x18, 0x1A: enter(.ground)
    case UInt8(ascii: "\\") where sawEscape: finishString()
    case 0x1B: state = .string(sawEscape: true)
    default:
      state = .string(sawEscape: false)
      hold(byte)
    }
  }

  /// Of all strings only the answer to our question about pictures says something.
  private mutating func finishString() {
    let said = String(decoding: held, as: UTF8.self)
    enter(.ground)
    if said == "_Gi=31;OK" { emit(.pictures(.kitty)) }
  }

  private mutating func finish(_ sequence: ControlSequence) {
    switch sequence.meaning {
    case .input(let input): emit(input)
    case .pasteStart: enter(.paste)
    case .nothing: break
    }
  }
}

import CNcurses
import TerminalCore
import TerminalCurses
import Testing

struct WidthTests {
  @Test func `widths agree with the C library wherever it knows the character`() {
    #expect(acn_locale(1) == 1 || acn_locale(0) == 1)
    var wrong: [UInt32] = []
    for value in UInt32(0xA0)..<0x3_2000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected = acn_character_width(value)
      if expected >= 0, Int(expected) != CharacterWidth.of(scalar) { wrong.append(value) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
  }

  @Test func `a terminal that cannot be drawn on is named`() {
    let failure = TerminalFailure(code: .incapable, name: "dumb")
    #expect(failure.sentence.contains("\"dumb\""))
  }
}

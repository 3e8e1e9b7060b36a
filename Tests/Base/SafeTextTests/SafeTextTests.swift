import SafeText
import Testing

private func check(
  _ raw: String, becomes expected: String, hidden count: Int = 0,
  options: SafeText.Options = .line, at location: SourceLocation = #_sourceLocation
) {
  let safe = SafeText(raw, options)
  #expect(safe.text == expected, sourceLocation: location)
  #expect(safe.findings.count == count, sourceLocation: location)
  #expect(safe.hasHidden == (count > 0), sourceLocation: location)
}

struct SafeTextTests {
  @Test func `plain text stays as it is`() {
    check("", becomes: "")
    check("search_files", becomes: "search_files")
    check("Grüße, 世界, Привет", becomes: "Grüße, 世界, Привет")
    check("cafe\u{301}", becomes: "cafe\u{301}")
    check("a\u{A0}b", becomes: "a\u{A0}b")
  }

  @Test func `control characters and escapes are spelled out`() {
    check("\u{1B}[31mred", becomes: "⟨U+001B⟩[31mred", hidden: 1)
    check("\u{1B}]0;title\u{7}", becomes: "⟨U+001B⟩]0;title⟨U+0007⟩", hidden: 2)
    check("\u{9B}2J", becomes: "⟨U+009B⟩2J", hidden: 1)
    check("a\0b", becomes: "a⟨U+0000⟩b", hidden: 1)
    check("\u{7F}\u{8}", becomes: "⟨U+007F⟩⟨U+0008⟩", hidden: 2)
    check("safe\rEVIL", becomes: "safe⟨U+000D⟩EVIL", hidden: 1)
  }

  @Test func `bidi, invisible and tag characters are spelled out`() {
    let rows: [UInt32] = [
      0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x61C,
      0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x34F, 0x2028, 0x2029, 0x115F, 0x3164, 0xFFA0,
      0x180E, 0xFFF9, 0xE0041, 0xE0001, 0xFE0F, 0xE0100, 0xFFFE, 0xFDD0, 0x1FFFF, 0x206A, 0x1D173,
      0x2064,
    ]
    for scalar in rows.compactMap(Unicode.Scalar.init) {
      let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
      check("a\(scalar)b", becomes: "a⟨U+\(padded)⟩b", hidden: 1)
    }
  }

  @Test func `honest spelling is left alone`() {
    check("❤\u{FE0F}", becomes: "❤\u{FE0F}")
    check("👩\u{200D}👧", becomes: "👩\u{200D}👧")
    check("🏳\u{FE0F}\u{200D}🌈", becomes: "🏳\u{FE0F}\u{200D}🌈")
    check("می\u{200C}خواهم", becomes: "می\u{200C}خواهم")
    check("葛\u{E0100}", becomes: "葛\u{E0100}")
    check("क्\u{200D}ष", becomes: "क्\u{200D}ष")
  }

  @Test func `variation selectors that carry bytes are shown`() {
    check("❤\u{FE0F}\u{FE0F}", becomes: "❤\u{FE0F}⟨U+FE0F⟩", hidden: 1)
    check("😀\u{E0151}\u{E0152}", becomes: "😀⟨U+E0151⟩⟨U+E0152⟩", hidden: 2)
    check("葛\u{E0100}\u{E0101}", becomes: "葛\u{E0100}⟨U+E0101⟩", hidden: 1)
  }

  @Test func `line mode is one row and block mode keeps its lines`() {
    check("a\nb\tc\r\nd", becomes: "a⏎b c⏎d")
    check("a\nb\tc\r\nd", becomes: "a\nb\tc\nd", options: .block)
    check("a\rb", becomes: "a⟨U+000D⟩b", hidden: 1, options: .block)
    check("a\u{B}\u{C}b", becomes: "a⟨U+000B⟩⟨U+000C⟩b", hidden: 2, options: .block)
  }

  @Test func `the ASCII variant uses nothing else`() {
    let ascii = SafeText.Options(ascii: true)
    check("a\u{202E}b\nc", becomes: "a<U+202E>b\\nc", hidden: 1, options: ascii)
    check("naïve", becomes: "na<U+00EF>ve", options: ascii)
    check("abcdef", becomes: "abc...", options: SafeText.Options(ascii: true, limit: 3))
    check("“a” → b…", becomes: "\"a\" -> b...", options: ascii)
  }

  @Test func `a limit cuts long text and says so`() {
    check("abcdef", becomes: "abc…", options: SafeText.Options(limit: 3))
    check("abc", becomes: "abc", options: SafeText.Options(limit: 3))
    check("äbc", becomes: "äbc", options: SafeText.Options(limit: 3))
  }

  @Test func `findings tell kind, place and what tags spell`() {
    let tags = "run".unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xE0000) }
    let hidden = String(String.UnicodeScalarView(tags))
    let safe = SafeText("é\u{202E}x\(hidden)")
    #expect(safe.findings.count == 4)
    #expect(safe.findings.first.map(\.offset) == [2, 6, 10, 14])
    #expect(safe.findings.kinds == [.bidi, .tag])
    #expect(safe.findings.tagMessage == "run")
  }

  @Test func `a flood of hidden characters keeps only the first findings`() {
    let safe = SafeText(String(repeating: "\u{200B}", count: 5000))
    #expect(safe.findings.count == 5000)
    #expect(safe.findings.first.count == HiddenFindings.kept)
  }

  @Test func `bytes that are no UTF-8 stand as bytes`() {
    let rows: [([UInt8], String, Int)] = [
      ([0x61, 0xFF, 0x62], "a⟨0xFF⟩b", 1),
      ([0xC3, 0xA9], "é", 0),
      ([0xC3], "⟨0xC3⟩", 1),
      ([0xED, 0xA0, 0x80], "⟨0xED⟩⟨0xA0⟩⟨0x80⟩", 3),
      ([0xF0, 0x9F, 0x98, 0x80], "😀", 0),
      ([0xF4, 0x90, 0x80, 0x80], "⟨0xF4⟩⟨0x90⟩⟨0x80⟩⟨0x80⟩", 4),
      ([0xC0, 0xAF], "⟨0xC0⟩⟨0xAF⟩", 2),
      ([0x61, 0x0D, 0x0A, 0x62], "a⏎b", 0),
      ([0x1B, 0x5B], "⟨U+001B⟩[", 1),
    ]
    for (bytes, expected, count) in rows {
      let safe = SafeText(bytes: bytes)
      #expect(safe.text == expected)
      #expect(safe.findings.count == count)
    }
  }

  @Test func `no scalar at all leaves a control or reordering character behind`() {
    for scalar in (0..<UInt32(0x3000)).compactMap(Unicode.Scalar.init) {
      guard scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      else { continue }
      #expect(!SafeText("a\(scalar)b").text.unicodeScalars.contains(scalar))
    }
  }
}

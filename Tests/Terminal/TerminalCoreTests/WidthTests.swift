import TerminalCore
import Testing

struct WidthTests {
  @Test func `a text is as wide as its cells`() {
    let rows: [(String, Int)] = [
      ("", 0), ("abc", 3), ("日本語", 6), ("e\u{301}", 1), ("한글", 4), ("ﾊﾝｶｸ", 4),
      ("❤\u{FE0F}", 1), ("😀", 2), ("👩\u{200D}👩\u{200D}👧", 2), ("👍🏽", 2), ("🇩🇪", 2),
      ("🏳\u{FE0F}\u{200D}🌈", 1), ("1\u{FE0F}\u{20E3}", 1), ("क्षि", 3), ("ẹ̈́", 1), ("\u{200B}", 0),
    ]
    for (text, width) in rows { #expect(CharacterWidth.of(text) == width, "\(text)") }
  }

  @Test func `a cell keeps one spacing scalar and two marks`() {
    let glyph = Cluster("o\u{302}\u{323}\u{301}").glyphs
    #expect(glyph.count == 1)
    #expect(glyph.first?.scalars.count == 3)
    #expect(Cluster("👍🏽").glyphs.first?.scalars == ["👍"])
    #expect(Cluster("🇩🇪").glyphs.count == 2)
    #expect(Cluster("\u{301}").glyphs.first?.scalars == [" ", "\u{301}"])
  }

  @Test func `control and format characters never become a glyph`() {
    #expect(Glyph("\u{1B}").scalars == ["\u{FFFD}"])
    #expect(Cluster("\u{9B}").glyphs.first?.scalars == ["\u{FFFD}"])
    #expect(Cluster("\u{202E}").glyphs.isEmpty)
    #expect(Cluster("a\u{200D}").glyphs.first?.scalars == ["a"])
  }

  @Test func `text is cut and padded by columns`() {
    let cut: [(String, Int, String)] = [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
      ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 6, "日本語"),
    ]
    for (text, columns, expected) in cut { #expect(Fitting.clipped(text, to: columns) == expected) }
    #expect(Fitting.padded("日", to: 4) == "日  ")
    #expect(Fitting.padded("日本語", to: 4) == "日… ")
  }

  @Test func `lines are broken at spaces and long words are cut`() {
    let rows: [(String, Int, [String])] = [
      ("one two three", 8, ["one two", "three"]), ("one two", 3, ["one", "two"]),
      ("abcdefgh", 3, ["abc", "def", "gh"]), ("a\n\nb", 5, ["a", "", "b"]), ("", 5, [""]),
      ("日本語", 3, ["日", "本", "語"]), ("日本語", 1, ["日", "本", "語"]), ("ab cd", 5, ["ab cd"]),
    ]
    for (text, columns, lines) in rows { #expect(Fitting.wrapped(text, to: columns) == lines) }
  }
}

import SafeText
import Testing

@Suite struct SafeJSONTests {
  private func check(
    _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let escaped = SafeJSON.escaped(Array(text.utf8))
    #expect(String(decoding: escaped, as: UTF8.self) == expected, sourceLocation: sourceLocation)
  }

  @Test func `what would act on a terminal stands as an escape`() {
    check(#"{"a":"plain"}"#, #"{"a":"plain"}"#)
    check("\"\u{9B}31m\"", #""\u009b31m""#)
    check("\"\u{7F}\"", #""\u007f""#)
    check("\"a\u{202E}b\u{2066}\"", #""a\u202eb\u2066""#)
    check("\"\u{200B}\u{FEFF}\u{2028}\"", #""\u200b\ufeff\u2028""#)
    check("\"\u{E0041}\"", #""\udb40\udc41""#)
    check("\"\u{FFFF}\"", #""\uffff""#)
  }

  @Test func `letters of all scripts and emoji stay as they are`() {
    for text in ["\"café\"", "\"世界\"", "\"Ωмир\"", "\"😀❤️\"", "\"ﬁ€\""] { check(text, text) }
  }

  @Test func `bytes that are no UTF-8 do not end the text`() {
    #expect(SafeJSON.escaped([0x22, 0xFF, 0x41, 0xE2, 0x22]).contains(0x41))
  }
}

import SafeText
import Testing

/// The quick look must never pass what the slow one masks.
@Suite struct SecretHintsTests {
  private func look(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { SecretHints.mayHoldSecret($0) }
  }

  @Test func `whatever is masked is noticed by the quick look`() {
    let rows = [
      "key alm_live_abcdef012345 used", "Bearer abcdefgh failed",
      "x=eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
      "ghp_0123456789abcdefghijABCDEFGHIJ", "https://bob:secret@host/x", "?access_token=abcdefgh",
      "a password=hunter2 in a line", "path/sk_live_0123456789", "é sk-0123456789abcdef0123",
      "\n\"xoxb-0123456789ab\"", "ya29.0123456789abcdefghij",
    ]
    for row in rows {
      #expect(Redaction.text(row) != row, "\(row)")
      #expect(look(row), "\(row)")
    }
  }

  @Test func `ordinary text is let through`() {
    let rows = [
      "", "all of it, also skins and apples", "https://example.com/a/path", "mail bob@example.com",
      "12:30 @ home", "Basic knowledge", "sk-short", "hf_", "a", "Grüße – 日本語",
    ]
    for row in rows {
      #expect(!look(row), "\(row)")
      #expect(Redaction.text(row) == row)
    }
  }
}

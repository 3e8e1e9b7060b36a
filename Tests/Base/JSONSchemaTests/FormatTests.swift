import JSONSchema
import Testing

private func check(_ name: String, accepts: [String] = [], refuses: [String] = []) throws {
  let format = try #require(StringFormat.named(name))
  for text in accepts { #expect(format.accepts(text), "\(name) refuses \(text.debugDescription)") }
  for text in refuses { #expect(!format.accepts(text), "\(name) accepts \(text.debugDescription)") }
}

struct FormatTests {
  @Test func `dates and times are those of the calendar, leap seconds included`() throws {
    try check(
      "date-time",
      accepts: ["2024-02-29T00:00:00Z", "1998-12-31T15:59:60.5-08:00", "2000-01-01t00:00:00z"],
      refuses: [
        "2023-02-29T00:00:00Z", "2024-01-01 00:00:00Z", "1998-12-31T22:59:60Z", "2024-01-01T00:00Z",
        "2024-01-01T00:00:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Z\n", "",
      ])
    try check("date", accepts: ["2000-02-29"], refuses: ["1900-02-29", "2024-13-01", "24-01-01"])
    try check(
      "time", accepts: ["23:59:60Z", "01:29:60+01:30"], refuses: ["24:00:00Z", "12:00:00"])
    try check(
      "duration", accepts: ["P1Y2M3DT4H5M6S", "P2W", "PT36H"],
      refuses: ["P", "PT", "P1Y2D", "PT1H2S", "P1W2D", "P1DT", "PT1.5S", "1D"])
  }

  @Test func `mail and host names are judged letter by letter`() throws {
    try check(
      "email", accepts: ["a.b+c@example.org", "\"a b\"@example.org", "a@[IPv6:::1]"],
      refuses: [
        "a..b@example.org", "a@", "@b", "a b@c", "é@example.org", "a@-b.org", "a@[1.2.3.300]",
      ])
    try check("idn-email", accepts: ["é@bücher.example"], refuses: ["é", "é@"])
    try check(
      "hostname", accepts: ["a-b.example", "xn--bcher-kva.example", "1"],
      refuses: ["a_b", "-a", "a.", "", "xn--a", String(repeating: "a", count: 64)])
    try check(
      "idn-hostname", accepts: ["bücher.example", "שלום.example"],
      refuses: ["a\u{302E}", "ＡＢ.example", "\u{5D0}a", "l·a", "xn--bücher"])
  }

  @Test func `addresses are complete and in range`() throws {
    try check(
      "ipv4", accepts: ["0.0.0.0", "255.255.255.255"], refuses: ["1.2.3", "1.2.3.04", "1.2.3.4 "])
    try check(
      "ipv6", accepts: ["::", "1::", "1:2:3:4:5:6:7:8", "::1.2.3.4", "1:2:3:4:5:6:7::"],
      refuses: ["1::2::3", ":::", "1:2:3:4:5:6:7:8:9", "::g", "fe80::1%eth0", "1.2.3.4::", "[::1]"])
  }

  @Test func `identifiers follow their grammars`() throws {
    try check(
      "uri", accepts: ["http://a/b?c#d", "urn:x:y", "http://[::1]:80/", "mailto:a@b"],
      refuses: [
        "/a", "http://a b", "http://[::1", "http://a:b/", "http://a/%4", "1a:b", "http://a/\u{e9}",
      ])
    try check(
      "uri-reference", accepts: ["", "a", "?b", "./a:b", "//"], refuses: ["a\\b", "1:b", "/[x"])
    try check(
      "iri", accepts: ["http://é/\u{10300}?q=\u{E000}"], refuses: ["é", "http://é/\u{E000}"])
    try check("iri-reference", accepts: ["é#ü"], refuses: ["é|"])
    try check(
      "uri-template", accepts: ["/a{?b,c*}{/d:3}", "{a.b}"],
      refuses: ["{", "}", "{}", "{a:0}", "{a,}"])
    try check("json-pointer", accepts: ["", "/", "/a~0b"], refuses: ["a", "/~", "/~2", "#/a"])
    try check(
      "relative-json-pointer", accepts: ["0", "1#", "2/a"], refuses: ["", "01", "0##", "-1"])
    try check(
      "uuid", accepts: ["2EB8AA08-aa98-11ea-b4aa-73b441d16380"],
      refuses: ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g"])
    try check("regex", accepts: ["^a$", "(?<=a+)b"], refuses: ["(", "\\a"])
  }

  @Test func `a format decides only where that is asked`() throws {
    let row = #"{"format":"ipv4"}"#
    try check([SchemaRow(row, fits: ["\"x\"", "1"])])
    var options = SchemaOptions()
    options.assertsFormats = true
    try check([SchemaRow(row, fits: ["\"1.2.3.4\"", "1"], fails: ["\"x\""])], options: options)
    #expect(try sentences(row, "\"x\"", options: options) == ["is no valid ipv4"])
  }

  @Test func `every format survives every odd text`() {
    let odd = [
      "", "\0", "@", "[", "]", "%", "{", "~", ":", "://", "\u{301}", "xn--", "XN--\u{e9}", "P",
      "\\",
    ]
    for format in StringFormat.table {
      for text in odd { _ = format.accepts(text) }
      for text in odd { _ = format.accepts(String(repeating: text, count: 3)) }
    }
  }
}

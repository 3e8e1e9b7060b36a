import JSON
import Testing

@Suite struct JSONFindingsTests {
  private func check(
    _ bytes: [UInt8], _ options: JSONReadingOptions = .strict, reads compact: String,
    findings: [String]
  ) throws {
    let reading = try JSON.read(bytes, options: options)
    #expect(Array(reading.value.compact.utf8) == Array(compact.utf8))
    #expect(reading.findings.map { "\($0.pointer) \($0)" } == findings)
  }

  @Test func `duplicate keys are kept and told with place and pointer`() throws {
    try check(
      Array(#"{"a":1,"b":{"c":[],"c":2},"\u0061":3}"#.utf8),
      reads: #"{"a":1,"b":{"c":[],"c":2},"a":3}"#,
      findings: [
        "/b/c line 1, column 20: the key \"c\" stands here again",
        "/a line 1, column 27: the key \"a\" stands here again",
      ])
    try check(
      Array("{\"\u{e9}\":1,\"e\u{301}\":2}".utf8), reads: "{\"\u{e9}\":1,\"e\u{301}\":2}",
      findings: [])
  }

  @Test(arguments: [2, 16, 17, 300])
  func `a duplicate is found among few and many keys, and none where keys look alike`(
    count: Int
  ) throws {
    // Long keys that differ in the middle only.
    let keys = (0..<count).map { "prefix-of-all-\(1000 + $0)-suffix-of-all" }
    func text(_ keys: [String]) -> [UInt8] {
      Array("{\(keys.map { "\"\($0)\":[{}]" }.joined(separator: ","))}".utf8)
    }
    #expect(try JSON.read(text(keys)).findings.isEmpty)
    for key in [keys[0], keys[count - 1], keys[0].replacing("prefix", with: "\\u0070refix")] {
      let findings = try JSON.read(text(keys + [key])).findings
      #expect(findings.map(\.kind) == [.duplicateKey(key.replacing("\\u0070", with: "p"))])
    }
  }

  @Test func `what is nested too deep is kept as text and told`() throws {
    func nested(_ count: Int, _ core: String) -> String {
      String(repeating: "[", count: count) + core + String(repeating: "]", count: count)
    }
    let core = #"{"k":"\"}\n","l":[]}"#
    for depth in [511, 512, 513, 10_000] {
      let text = #"{"id":1,"r":\#(nested(depth, core)),"z":2}"#
      let reading = try JSON.readCuttingDepth(Array(text.utf8))
      #expect(reading.value["id"] == 1 && reading.value["z"] == 2)
      #expect(
        reading.findings.map(\.sentence) == [
          "nested deeper than 512 levels; what is below is kept as text"
        ])
      var value = reading.value["r"]
      while let inner = value?.array?.first { value = inner }
      let rest = depth > 511 ? nested(depth - 511, core) : nil
      if let rest { #expect(value?.string == rest) }
    }
    #expect(try JSON.readCuttingDepth(Array(nested(512, "").utf8)).findings.isEmpty)
    #expect(throws: JSONError.self) {
      try JSON.readCuttingDepth(Array(String(repeating: "[", count: 600).utf8))
    }
    #expect(throws: JSONError.self) {
      try JSON.readCuttingDepth(Array((nested(600, "") + "x").utf8))
    }
    let unfinished = DepthCut(Array(String(repeating: "[", count: 600).utf8)[...])
    #expect(unfinished.length == nil)
  }

  @Test func `places of many findings in one long line are counted once`() throws {
    let line = "[" + Array(repeating: #""é\ud800""#, count: 20_000).joined(separator: ",") + "]"
    var options = JSONReadingOptions.strict
    options.findingLimit = 20_000
    let findings = try JSON.read(Array(line.utf8), options: options).findings
    #expect(findings.count == 20_000)
    #expect(findings.last?.position.column == 2 + 19_999 * 10 + 2)
    #expect(findings.last?.position.offset == 1 + 19_999 * 11 + 3)
    #expect(findings.last?.pointer.description == "/19999")
  }

  @Test func `bytes that are no UTF-8 become U+FFFD and are told with their place`() throws {
    try check(
      Array("[0,\"a".utf8) + [0xFF, 0xC3] + Array("\",\"".utf8) + [0xE2, 0x82] + Array("\"]".utf8),
      reads: "[0,\"a\u{FFFD}\u{FFFD}\",\"\u{FFFD}\"]",
      findings: [
        "/1 line 1, column 6: a byte that is no UTF-8",
        "/1 line 1, column 7: a byte that is no UTF-8",
        "/2 line 1, column 11: 2 bytes that are no UTF-8",
      ])
    try check(
      Array("\"".utf8) + [0xED, 0xA0, 0x80] + Array("\\n\"".utf8),
      reads: "\"\u{FFFD}\u{FFFD}\u{FFFD}\\n\"",
      findings: [
        " line 1, column 2: a byte that is no UTF-8",
        " line 1, column 3: a byte that is no UTF-8",
        " line 1, column 3: a byte that is no UTF-8",
      ])
  }

  @Test func `lone surrogates, NUL characters and byte order marks are told`() throws {
    try check(
      Array(#"{"k\ud800":["\udc00\ud83dx\u0000"]}"#.utf8),
      reads: "{\"k\u{FFFD}\":[\"\u{FFFD}\u{FFFD}x\\u0000\"]}",
      findings: [
        "/k\u{FFFD} line 1, column 4: \\ud800 is half of a surrogate pair",
        "/k\u{FFFD}/0 line 1, column 14: \\udc00 is half of a surrogate pair",
        "/k\u{FFFD}/0 line 1, column 20: \\ud83d is half of a surrogate pair",
        "/k\u{FFFD}/0 line 1, column 27: a NUL character in a string",
      ])
    try check(
      [0xEF, 0xBB, 0xBF] + Array("{}".utf8), reads: "{}",
      findings: [" line 1, column 1: the text begins with a byte order mark"])
  }

  @Test func `relaxed reading tells every comment and trailing comma`() throws {
    let text = """
      // head
      {
        "a": [1, 2, /* last */ ],
        "b": {"c": null,}, // // ] "
      }
      """
    try check(
      Array(text.utf8), .relaxed, reads: #"{"a":[1,2],"b":{"c":null}}"#,
      findings: [
        " line 1, column 1: a comment, which JSON does not have",
        "/a line 3, column 13: a comma after the last entry, which JSON does not have",
        "/a line 3, column 15: a comment, which JSON does not have",
        "/b line 4, column 18: a comma after the last entry, which JSON does not have",
        " line 4, column 20: a comma after the last entry, which JSON does not have",
        " line 4, column 22: a comment, which JSON does not have",
      ])
  }

  private func check(_ text: String, _ options: JSONReadingOptions, fails sentence: String) {
    let error = #expect(throws: JSONError.self) { try JSONDocument(text, options: options) }
    #expect(error?.description == sentence)
  }

  @Test func `what even relaxed reading refuses`() {
    check("[,]", .relaxed, fails: "line 1, column 2: expected a value or ']', found ','")
    check("[1,,]", .relaxed, fails: "line 1, column 4: expected a value, found ','")
    check(
      "{,}", .relaxed,
      fails: "line 1, column 2: expected a key in double quotes or '}', found ','")
    check(
      "[1]/", .relaxed, fails: "line 1, column 5: expected '//' or '/*', but the text ends here")
    check(
      "[1]\n/* *", .relaxed,
      fails: "line 2, column 5: expected '*/', but the text ends here; "
        + "the comment begun at line 2, column 1 is still open")
    check(
      "[1] // x", .strict,
      fails: "line 1, column 5: expected nothing more after the value, found '/'")
  }

  @Test func `limits of depth, size and findings hold`() throws {
    var options = JSONReadingOptions.relaxed
    options.depthLimit = 2
    options.byteLimit = 20
    options.findingLimit = 2
    check("[[[]]]", options, fails: "line 1, column 3: nested deeper than 2 levels")
    check(
      String(repeating: " ", count: 21), options,
      fails: "line 1, column 1: the text is larger than 20 bytes")
    try check(
      Array("/**//**//**//**/1".utf8), options, reads: "1",
      findings: [
        " line 1, column 1: a comment, which JSON does not have",
        " line 1, column 5: a comment, which JSON does not have",
        " line 1, column 5: 2 more findings are not listed",
      ])
  }

  @Test func `other encodings are named`() {
    let rows: [([UInt8], String)] = [
      ([0xFF, 0xFE, 0x5B, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x5B], "UTF-16"),
      ([0x5B, 0, 0x5D, 0], "UTF-16"), ([0, 0x5B, 0, 0x5D], "UTF-16"),
      ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0x5B, 0, 0, 0], "UTF-32"), ([0, 0, 0, 0x5B], "UTF-32"),
    ]
    for (bytes, name) in rows {
      let error = #expect(throws: JSONError.self) { try JSON.parse(bytes) }
      #expect(error?.description == "line 1, column 1: the text is \(name), JSON is UTF-8")
    }
  }
}

import TestSupport
import Testing

@Suite struct CodeRulesTests {
  /// A way of writing that product code may use only with its reason beside it.
  private static let needsReason: [(code: String, comment: String)] = [
    ("try!", "Invariant:"), ("as!", "Invariant:"), ("fatalError(", "Invariant:"),
    ("preconditionFailure(", "Invariant:"), ("unsafeBitCast(", "Invariant:"),
    ("@unchecked Sendable", "//"), ("nonisolated(unsafe)", "//"), ("try?", "//"),
  ]

  @Test func `what can trap or race has its reason beside it`() {
    for file in Tree.product {
      for (index, line) in file.code.enumerated() {
        for rule in Self.needsReason where Self.has(rule.code, in: line) {
          #expect(
            file.explains(index, with: rule.comment),
            "\(file.place(index + 1)): `\(rule.code)` needs a comment \(rule.comment) on or above it"
          )
        }
        if Self.forceUnwraps(line) {
          #expect(
            file.explains(index, with: "Invariant:"),
            "\(file.place(index + 1)): a force unwrap needs `// Invariant:` on or above it")
        }
      }
    }
  }

  @Test func `the thread sanitizer passes over files with a Mutex, and no others`() throws {
    let locking = Tree.product.filter { $0.code.contains { Self.has("Mutex", in: $0) } }
    let rows = try #require(Repository.text(of: "scripts/thread-sanitizer.txt")).split(
      separator: "\n"
    )
    .filter { !$0.hasPrefix("#") }
    let wanted = locking.map { "race_top:" + $0.folders.suffix(2).joined(separator: "/") }
    #expect(Set(rows.map(String.init)) == Set(wanted))
  }

  @Test func `nothing below App prints`() {
    for file in Tree.product where file.area != "App" {
      for (index, line) in file.code.enumerated() {
        #expect(!Self.has("print(", in: line), "\(file.place(index + 1)): prints")
        #expect(!Self.has("debugPrint(", in: line), "\(file.place(index + 1)): prints")
      }
    }
  }

  @Test func `nothing is public`() {
    for file in Tree.product {
      for (index, line) in file.code.enumerated() {
        #expect(!Self.has("public ", in: line), "\(file.place(index + 1)): `package` is enough")
      }
    }
  }

  @Test func `no revision of the protocol is written outside the targets that know them`() {
    let knowing: Set = ["MCPProtocol", "MCPEras", "MockCatalogs"]
    let revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]
    for file in Tree.product where !knowing.contains(file.target) {
      for (index, line) in file.lines.enumerated() where !line.contains("//") {
        let found = revisions.filter { line.contains("\"\($0)\"") }
        #expect(found.isEmpty, "\(file.place(index + 1)): only MCPEras branches on \(found)")
      }
    }
  }

  @Test func `every package type says what it is`() {
    let kinds = ["struct", "enum", "final class", "class", "actor", "protocol"]
    for file in Tree.product {
      for (index, line) in file.lines.enumerated() {
        guard kinds.contains(where: { line.hasPrefix("package \($0) ") }) else { continue }
        #expect(file.explains(index, with: "///"), "\(file.place(index + 1)): no doc comment")
      }
    }
  }

  @Test func `the scanner tells code from comments and literals`() {
    let code = CodeOnly.of(
      ##"""
      let a = "x! \(f(y!)) try!" // z!
      /* try! /* as! */ as! */ let b = #"q! " w!"# + c!
      """##)
    #expect(!code.contains("try!") && !code.contains("as!") && !code.contains("z!"))
    #expect(code.contains("c!") && code.contains("let b"))
    #expect(Self.forceUnwraps("  x.y!.z"))
    #expect(Self.forceUnwraps("f()! + a[0]!"))
    #expect(!Self.forceUnwraps("if !a, b != c { x!=y }"))
  }

  // MARK: - Matching

  /// Whether the text stands in the line and is not the end of a longer name.
  private static func has(_ text: String, in line: Substring) -> Bool {
    guard line.contains(text) else { return false }
    let pieces = line.split(separator: text, omittingEmptySubsequences: false).dropLast()
    return pieces.contains { piece in
      guard let last = piece.last else { return true }
      return !(last.isLetter || last.isNumber || last == "_" || last == ".")
    }
  }

  private static func forceUnwraps(_ line: some StringProtocol) -> Bool {
    let bytes = Array(line.utf8)
    return bytes.indices.contains { index in
      guard bytes[index] == UInt8(ascii: "!"), index > 0 else { return false }
      let before = bytes[index - 1]
      let after = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
      return isEndOfExpression(before) && after != UInt8(ascii: "=")
    }
  }

  private static func isEndOfExpression(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "`"):
      true
    default: false
    }
  }
}

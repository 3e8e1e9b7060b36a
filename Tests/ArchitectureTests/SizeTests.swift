import Testing

@Suite struct SizeTests {
  /// Pure tables may be long: their length is their content.
  private static let tables: Set<String> = []

  private static let longFile = 200
  private static let fileCap = 600
  private static let longFunction = 40
  private static let functionCap = 60

  @Test func `no file is longer than a reader bears`() {
    let long = Tree.swift.filter { $0.lines.count > Self.longFile }
    for file in long where file.lines.count > Self.fileCap && !Self.tables.contains(file.path) {
      Issue.record("\(file.path) has \(file.lines.count) lines, the cap is \(Self.fileCap)")
    }
    Self.report("files over \(Self.longFile) lines", long.map { ($0.path, $0.lines.count) })
  }

  @Test func `no function is longer than a screen or two`() {
    let long = Tree.product.flatMap { file in
      FunctionSpan.all(in: file.code).filter { $0.count > Self.longFunction }
        .map { (file.place($0.line), $0.count) }
    }
    for (place, count) in long where count > Self.functionCap {
      Issue.record("\(place): a function of \(count) lines, the cap is \(Self.functionCap)")
    }
    Self.report("functions over \(Self.longFunction) lines", long)
  }

  @Test func `a function's lines are counted from its first to its last`() {
    let text = """
      struct A {
        init() { b = 1 }
        func f(
          _ x: Int
        ) -> Int {
          if x > 1 { return 2 }
          return 1
        }
      }
      """
    let spans = FunctionSpan.all(in: text.split(separator: "\n"))
    #expect(spans.map(\.line) == [2, 3])
    #expect(spans.map(\.count) == [1, 6])
  }

  /// The longest few in the test's log; over the cap they fail above.
  private static func report(_ title: String, _ rows: [(String, Int)]) {
    guard !rows.isEmpty else { return }
    let worst = rows.sorted { $0.1 > $1.1 }.prefix(8).map { "\($0.0) (\($0.1))" }
    print("\(title): \(rows.count), the longest \(worst.joined(separator: ", "))")
  }
}

/// Where a function begins and how many lines it has.
struct FunctionSpan {
  let line: Int
  let count: Int

  static func all(in code: [Substring]) -> [FunctionSpan] {
    var spans: [FunctionSpan] = []
    var open: [(line: Int, depth: Int)] = []
    var waiting: Int?
    var depth = 0
    for (index, line) in code.enumerated() {
      if isHead(line) { waiting = index }
      for character in line.utf8 {
        if character == UInt8(ascii: "{") {
          depth += 1
          if let start = waiting { open.append((start, depth)) }
          waiting = nil
        } else if character == UInt8(ascii: "}") {
          if let last = open.last, last.depth == depth {
            spans.append(FunctionSpan(line: last.line + 1, count: index - last.line + 1))
            open.removeLast()
          }
          // A requirement of a protocol has no body of its own.
          waiting = nil
          depth -= 1
        }
      }
    }
    return spans.sorted { $0.line < $1.line }
  }

  private static func isHead(_ line: Substring) -> Bool {
    line.split(separator: " ").contains { word in
      word == "func" || word == "deinit" || word.hasPrefix("init(") || word.hasPrefix("init?(")
        || word.hasPrefix("init<") || word.hasPrefix("subscript(")
    }
  }
}

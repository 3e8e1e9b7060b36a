import TestSupport

/// One Swift file: its lines as written, and the same lines with comments and literals blanked.
struct SourceFile: Sendable {
  let path: String
  let lines: [Substring]
  let code: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = CodeOnly.of(text).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The parts of the path: `Sources`, area, target, …
  var folders: [String] { path.split(separator: "/").map(String.init) }
  var name: String { folders.last ?? path }
  var isProduct: Bool { folders.first == "Sources" }
  var area: String { folders.count > 1 ? folders[1] : "" }

  /// The target the file belongs to, as the manifest lays folders out.
  var target: String {
    switch folders.first {
    case "Sources" where folders.count > 2: folders[2]
    case "Tests" where folders.count > 3: folders[2]
    case "Tests" where folders.count > 2: folders[1]
    default: ""
    }
  }

  /// Modules the file imports, with the line of each.
  var imports: [(module: String, line: Int)] {
    code.enumerated().compactMap { index, line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy(Self.importModifiers.contains)
      else { return nil }
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
      let name = kinds.contains(words[at + 1]) ? words[at + 2] : words[at + 1]
      return (String(name.prefix { $0 != "." }), index + 1)
    }
  }

  private static let importModifiers: Set<Substring> = [
    "package", "internal", "public", "private", "fileprivate", "@testable", "@preconcurrency",
    "@_implementationOnly", "@_exported",
  ]

  func place(_ line: Int) -> String { "\(path):\(line)" }

  /// Whether a comment with that word stands on the line or in the comment right above it.
  func explains(_ index: Int, with word: String) -> Bool {
    if lines[index].contains("//"), lines[index].contains(word) { return true }
    var above = index - 1
    while above >= 0 {
      let line = lines[above].drop { $0 == " " }
      guard line.hasPrefix("//") || line.hasPrefix("@") else { return false }
      if line.contains(word) { return true }
      above -= 1
    }
    return false
  }
}

/// All Swift files of the repository, read once.
enum Tree {
  static let swift: [SourceFile] = (["Sources", "Tests"]).flatMap {
    Repository.files(under: $0).filter { $0.hasSuffix(".swift") }
  }.compactMap { path in
    Repository.text(of: path).map { SourceFile(path: path, text: $0) }
  }

  static let product = swift.filter { $0.isProduct && $0.area != "C" }
}

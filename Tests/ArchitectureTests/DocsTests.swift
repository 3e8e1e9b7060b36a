import TestSupport
import Testing

@Suite struct DocsTests {
  private static let pages =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    + Repository.files(under: "docs").filter { $0.hasSuffix(".md") }

  @Test func `every link between the documents leads to a file`() {
    for page in Self.pages {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for link in Self.links(in: Repository.text(of: page) ?? "") where !link.contains(":") {
        let target = Self.resolved(link.prefix { $0 != "#" }, from: folder)
        #expect(target.isEmpty || Self.exists(target), "\(page) links to \(link)")
      }
    }
  }

  @Test func `every path that a document names is there`() {
    for page in Self.pages where page != "CHANGELOG.md" {
      for word in Self.code(in: Repository.text(of: page) ?? "") {
        let isPath = ["Sources/", "Tests/", "docs/", "scripts/", "themes/"].contains {
          word.hasPrefix($0)
        }
        let isPattern = word.contains { "<>*… {".contains($0) }
        guard isPath, !isPattern else { continue }
        #expect(Self.exists(word), "\(page) names \(word)")
      }
    }
  }

  /// A row of the security review counts as long as its tests are there.
  @Test func `every test that the security review names is there`() {
    var texts: [Substring: String] = [:]
    for file in Repository.files(under: "Tests") where file.hasSuffix("Tests.swift") {
      let name = file.split(separator: "/").last?.dropLast(".swift".count) ?? ""
      texts[name, default: ""] += Repository.text(of: file) ?? ""
    }
    var named = 0
    for line in (Repository.text(of: "docs/SECURITY.md") ?? "").split(separator: "\n") {
      for entry in line.split(separator: "|").last?.split(separator: "`, ") ?? [] {
        let parts = entry.split(separator: "`")
        guard parts.count >= 2, let file = parts[0].split(separator: " ").last,
          file.hasSuffix("Tests")
        else { continue }
        named += 1
        #expect(texts[file]?.contains("`\(parts[1])`") == true, "\(file) has no test `\(parts[1])`")
      }
    }
    #expect(named > 50)
  }

  private static func exists(_ path: String) -> Bool {
    let plain = path.hasSuffix("/") ? String(path.dropLast()) : path
    return Repository.bytes(of: plain) != nil || !Repository.files(under: plain).isEmpty
  }

  private static func links(in text: String) -> [Substring] {
    text.split(separator: "](").dropFirst().map { $0.prefix { $0 != ")" && $0 != "\n" } }
  }

  private static func code(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  private static func resolved(_ link: Substring, from folder: String) -> String {
    var parts = folder.split(separator: "/")
    for part in link.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

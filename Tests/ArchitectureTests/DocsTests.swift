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

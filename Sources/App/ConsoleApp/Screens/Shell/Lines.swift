import SafeText
import TerminalCore
import Widgets

/// Builds the text of a detail from foreign words: each goes through SafeText on its way.
struct Lines {
  let signs: SignSet
  private(set) var paragraphs: [TextView.Paragraph] = []

  private static let longest = 4000
  private static let longestLabel = 200
  private static let longestBlock = 100_000

  init(signs: SignSet) { self.signs = signs }

  var text: TextView { TextView(paragraphs) }

  mutating func title(_ safe: String) {
    paragraphs += [.init(safe, .title), .init("")]
  }

  mutating func gap() { paragraphs.append(.init("")) }

  /// Words of our own, or safe ones.
  mutating func plain(_ safe: String, _ role: Role = .text) {
    paragraphs.append(.init(safe, role))
  }

  /// A labelled line of foreign words; nothing where there are none. The label may be foreign too.
  mutating func add(_ label: String, _ foreign: String, _ role: Role = .text) {
    guard !foreign.isEmpty else { return }
    let text = signs.safe(foreign, limit: Self.longest).text
    let name = signs.safe(label, limit: Self.longestLabel).text
    paragraphs.append(.init(text, role, label: Span(name, .dim)))
  }

  /// JSON that is laid out, coloured.
  mutating func json(_ foreign: String) {
    let start = paragraphs.count
    block(foreign)
    for index in start..<paragraphs.count { paragraphs[index].isJSON = true }
  }

  /// Foreign text with its line breaks.
  mutating func block(_ foreign: String, _ role: Role = .text) {
    let text = signs.safe(foreign, .block, limit: Self.longestBlock).text
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      paragraphs.append(.init(String(line).replacing("\t", with: "    "), role))
    }
  }
}

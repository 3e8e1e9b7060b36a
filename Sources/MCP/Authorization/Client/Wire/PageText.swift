/// The words of a page that came where a document was expected.
enum PageText {
  /// Without its marks.
  static func plain(_ page: String) -> String {
    var isMark = false
    let kept = page.filter { character in
      if character == "<" { isMark = true }
      defer { if character == ">" { isMark = false } }
      return !isMark && !character.isNewline
    }
    return kept.split(separator: " ").joined(separator: " ")
  }

  private static let sizeLimit = 16_384
  private static let wordLimit = 200

  /// The beginning of what a browser would show.
  static func shown(_ answer: AuthorizationAnswer) -> String {
    let text = String(decoding: answer.body.prefix(sizeLimit), as: UTF8.self)
    let body = text.firstRange(of: "<body").map { text[$0.lowerBound...] } ?? text[...]
    let words = plain(String(body).replacing(">", with: "> "))
    if words.isEmpty { return "a page without words" }
    return words.count <= wordLimit ? words : "\(words.prefix(wordLimit))…"
  }
}

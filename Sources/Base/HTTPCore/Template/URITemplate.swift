/// A URI template of RFC 6570, levels 1 to 4.
package struct URITemplate: Sendable, Hashable {
  package let text: String
  let parts: [Part]

  enum Part: Sendable, Hashable {
    case literal(String)
    case expression(Expression)
  }

  struct Expression: Sendable, Hashable {
    let style: Style
    let variables: [Variable]
  }

  /// One name in an expression.
  package struct Variable: Sendable, Hashable {
    package let name: String
    /// `{name*}`: lists and maps spread over several parts.
    package let isExploded: Bool
    /// `{name:3}`: only so many characters of the value are used.
    package let prefix: Int?
    /// The operator in front: `+`, `#`, `.`, `/`, `;`, `?`, `&`, or nil.
    package let mark: Character?

    /// Operators of the query take a value or leave it; the others shape the path.
    package var isInQuery: Bool { mark == "?" || mark == "&" }
  }

  package init(_ text: String) throws(URITemplateError) {
    self.text = text
    parts = try URITemplateParser(text).parts()
  }

  /// Every variable once, in order of appearance.
  package var variables: [Variable] {
    var seen = Set<String>()
    return parts.flatMap(\.variables).filter { seen.insert($0.name).inserted }
  }
}

/// What a template's variable stands for.
package enum URITemplateValue: Sendable, Hashable, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral
{
  case string(String)
  case list([String])
  case pairs([Pair])

  package struct Pair: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: String...) { self = .list(elements) }

  /// Empty lists and maps count as absent.
  var isUndefined: Bool {
    switch self {
    case .string: false
    case .list(let items): items.isEmpty
    case .pairs(let pairs): pairs.isEmpty
    }
  }
}

/// Why a text is no template; positions count bytes from 0.
package enum URITemplateError: Error, Sendable, Hashable {
  case unclosedBrace(at: Int)
  case strayBrace(at: Int)
  case emptyExpression(at: Int)
  case reservedOperator(Character, at: Int)
  case badVariable(String, at: Int)

  package var sentence: String {
    switch self {
    case .unclosedBrace(let at): "The brace at position \(at + 1) is never closed."
    case .strayBrace(let at): "The closing brace at position \(at + 1) has no partner."
    case .emptyExpression(let at): "The braces at position \(at + 1) hold no variable."
    case .reservedOperator(let mark, let at):
      "The operator “\(mark)” at position \(at + 1) is reserved."
    case .badVariable(let text, let at): "“\(text)” at position \(at + 1) is no variable."
    }
  }
}

extension URITemplate.Part {
  var variables: [URITemplate.Variable] {
    if case .expression(let expression) = self { expression.variables } else { [] }
  }
}

// MARK: - Operators

extension URITemplate {
  /// How an operator writes its variables; the rows are RFC 6570's appendix A.
  struct Style: Sendable, Hashable {
    let mark: Character?
    let first: String
    let separator: String
    let isNamed: Bool
    let ifEmpty: String
    let allowsReserved: Bool
  }
}

extension URITemplate.Style {
  static let all: [URITemplate.Style] = [
    row(nil, "", ",", false, "", false),
    row("+", "", ",", false, "", true),
    row("#", "#", ",", false, "", true),
    row(".", ".", ".", false, "", false),
    row("/", "/", "/", false, "", false),
    row(";", ";", ";", true, "", false),
    row("?", "?", "&", true, "=", false),
    row("&", "&", "&", true, "=", false),
  ]

  private static func row(
    _ mark: Character?, _ first: String, _ separator: String, _ isNamed: Bool, _ ifEmpty: String,
    _ allowsReserved: Bool
  ) -> URITemplate.Style {
    URITemplate.Style(
      mark: mark, first: first, separator: separator, isNamed: isNamed, ifEmpty: ifEmpty,
      allowsReserved: allowsReserved)
  }
}

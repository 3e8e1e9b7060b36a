/// Where a deed is asked for over REST: a method and a path whose `{names}` are arguments.
package struct RestRoute: Sendable, Hashable {
  package enum Segment: Sendable, Hashable {
    case fixed(String)
    case argument(String)
  }

  package let method: String
  package let segments: [Segment]

  package static let base = "/api/v1"

  /// As `GET /tickets/{ticket_id}`.
  package init(_ text: String) {
    let words = text.split(separator: " ")
    method = words.first.map(String.init) ?? "GET"
    segments = (words.count > 1 ? words[1] : "").split(separator: "/").map { part in
      part.first == "{" ? .argument(String(part.dropFirst().dropLast())) : .fixed(String(part))
    }
  }

  /// Whether its arguments travel in the query.
  package var usesQuery: Bool { method == "GET" || method == "DELETE" }

  package var text: String {
    let path = segments.map { segment in
      switch segment {
      case .fixed(let text): "/\(text)"
      case .argument(let name): "/{\(name)}"
      }
    }
    return "\(method) \(Self.base)\(path.joined())"
  }

  /// The arguments in a path that is its own; nil for any other path.
  package func match(_ parts: [String]) -> [(String, String)]? {
    guard parts.count == segments.count else { return nil }
    var found: [(String, String)] = []
    for (segment, part) in zip(segments, parts) {
      switch segment {
      case .fixed(let text): guard text == part else { return nil }
      case .argument(let name): found.append((name, part))
      }
    }
    return found
  }

  /// How many segments are written out: of several routes that match, the plainest is meant.
  package var plainness: Int { segments.count { if case .fixed = $0 { true } else { false } } }
}

extension RestRoute: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}

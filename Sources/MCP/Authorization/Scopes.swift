package import JSON

/// Names of permissions in the order they were given, each once.
package struct Scopes: Sendable, Hashable {
  package private(set) var names: [String] = []

  package init(_ names: some Sequence<String> = []) {
    for name in names where !name.isEmpty && !self.names.contains(name) { self.names.append(name) }
  }

  /// The space-separated list of the standard; commas are taken too, which some servers send.
  package init(text: String) {
    self.init(text.split { $0 == " " || $0 == "," || $0.isNewline || $0 == "\t" }.map(String.init))
  }

  /// A list, or an array of names; nil for anything else.
  package init?(_ json: JSON?) {
    if let text = json?.string {
      self.init(text: text)
    } else if let array = json?.array {
      self.init(array.compactMap(\.string))
    } else {
      return nil
    }
  }

  package var text: String { names.joined(separator: " ") }
  package var isEmpty: Bool { names.isEmpty }

  package func contains(_ name: String) -> Bool { names.contains(name) }

  /// All of these, then what the other has besides.
  package func union(_ other: Scopes) -> Scopes { Scopes(names + other.names) }

  package func subtracting(_ other: Scopes) -> Scopes {
    Scopes(names.filter { !other.contains($0) })
  }
}

/// A text that must not be shown by accident: printing, interpolating, dumping or reflecting it gives bullets.
package struct Secret: Sendable, Hashable {
  private let value: String

  package init(_ value: String) { self.value = value }

  package var isEmpty: Bool { value.isEmpty }

  /// The text itself. Every call is a place where a secret can leak: send it, do not keep it.
  package func reveal() -> String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// What stands for every secret; its length tells nothing.
  package static let mask = "••••"

  package var description: String { Self.mask }
  package var debugDescription: String { Self.mask }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

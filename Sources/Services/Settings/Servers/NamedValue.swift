import SafeText

/// A header or an environment variable: its name, and a value that descriptions mask where it is secret.
package struct NamedValue: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// `NAME` as shells and `environ` know it.
  package static func isVariableName(_ text: some StringProtocol) -> Bool {
    guard let first = text.unicodeScalars.first, isStart(first) else { return false }
    return text.unicodeScalars.allSatisfy { isStart($0) || ("0"..."9").contains($0) }
  }

  private static func isStart(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }
}

extension [NamedValue] {
  /// Environment variables by their exact name; of two the last one counts.
  package func value(of name: String) -> String? { last { $0.name == name }?.value }

  /// Headers by their name in any case.
  package func header(_ name: String) -> String? {
    last { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// Sets a variable, or a header in whatever case it stood, and keeps its place.
  package mutating func set(_ new: NamedValue, ignoringCase: Bool) {
    let isSame = { (old: NamedValue) in
      ignoringCase ? old.name.lowercased() == new.name.lowercased() : old.name == new.name
    }
    if let index = lastIndex(where: isSame) { self[index] = new } else { append(new) }
  }
}

extension NamedValue: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(name)=\(Masking.variable(self))" }
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

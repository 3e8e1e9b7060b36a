package import JSON
import SafeText

extension JSON {
  /// The same value with every member masked whose name says that it holds a secret, and every known form of a
  /// token in short texts.
  package var masked: JSON {
    switch self {
    case .object(let object):
      .object(
        JSONObject(
          members: object.members.map { member in
            .init(key: member.key, value: member.value.masked(as: member.key))
          }))
    case .array(let elements): .array(elements.map(\.masked))
    case .string(let text) where text.utf8.count <= Self.longestSearched:
      .string(Redaction.text(text))
    default: self
    }
  }

  /// Longer texts are documents, and searching them all would cost more than the call.
  static let longestSearched = 4096

  /// An empty or absent secret is worth seeing: it is often the mistake.
  private func masked(as name: String) -> JSON {
    guard SecretNames.isSecret(member: name) else { return masked }
    switch self {
    case .null, "": return self
    case .string, .number: return .string(Secret.mask)
    default: return masked
    }
  }
}

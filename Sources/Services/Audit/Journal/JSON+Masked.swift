package import JSON
import SafeText

extension JSON {
  /// The same value with every member masked whose name says that it holds a secret.
  package var masked: JSON {
    switch self {
    case .object(let object):
      .object(
        JSONObject(
          members: object.members.map { member in
            .init(key: member.key, value: member.value.masked(as: member.key))
          }))
    case .array(let elements): .array(elements.map(\.masked))
    default: self
    }
  }

  /// An empty or absent secret is worth seeing: it is often the mistake.
  private func masked(as name: String) -> JSON {
    guard SecretNames.isSecret(name) else { return masked }
    switch self {
    case .null, "": return self
    case .string, .number: return .string(Secret.mask)
    default: return masked
    }
  }
}

/// Sees from the bytes alone that a text holds nothing to mask, which nearly every text does not.
///
/// Masking makes characters and copies; this makes neither, so that whole traffic can pass through it.
package enum SecretHints {
  /// False is certain; true means that a closer look is needed.
  package static func mayHoldSecret(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= TokenForms.shortest else { return false }
    var hasAuthority = false
    return roles.withUnsafeBufferPointer { roles in
      for index in text.indices {
        switch roles[Int(text[index])] {
        case .nothing: continue
        case .assignment: return true
        case .colon: hasAuthority = hasAuthority || slashes(follow: index, in: text)
        case .at: if hasAuthority { return true }
        case .lead: if TokenForms.mayBegin(at: index, in: text) { return true }
        }
      }
      return false
    }
  }

  static func mayHoldSecret(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { mayHoldSecret($0) }
  }

  private enum Role: UInt8 {
    case nothing, assignment, colon, at, lead
  }

  private static let roles: [Role] = (0...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "="): .assignment
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "@"): .at
    default: TokenForms.leads(byte) ? .lead : .nothing
    }
  }

  private static func slashes(follow index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    index + 2 < text.count && text[index + 1] == UInt8(ascii: "/")
      && text[index + 2] == UInt8(ascii: "/")
  }
}

package import JSON
import SafeText

extension JSONDocument {
  /// The text with its secrets masked as `JSON.masked` does it, and every other byte as it was: whole traffic passes
  /// here, so that no tree is built and nothing is copied but what changes.
  package var maskedBytes: [UInt8] {
    let masks = bytes.withUnsafeBufferPointer { self.masks(in: $0) }
    guard !masks.isEmpty else { return bytes }
    var result: [UInt8] = []
    var copied = 0
    for mask in masks.sorted(by: { $0.place.lowerBound < $1.place.lowerBound }) {
      result += bytes[copied..<mask.place.lowerBound]
      result += mask.text
      copied = mask.place.upperBound
    }
    return result + bytes[copied...]
  }

  private typealias Mask = (place: Range<Int>, text: [UInt8])

  private func masks(in text: UnsafeBufferPointer<UInt8>) -> [Mask] {
    var masks: [Mask] = []
    var open = [root]
    while let node = open.popLast() {
      switch node.kind {
      case .object:
        for member in node.members {
          if let mask = secret(member, in: text) {
            masks.append(mask)
          } else {
            open.append(member.value)
          }
        }
      case .array: open.append(contentsOf: node.elements)
      case .string: if let mask = mask(of: node, in: text) { masks.append(mask) }
      default: break
      }
    }
    return masks
  }

  private func secret(_ member: JSONNode.Member, in text: UnsafeBufferPointer<UInt8>) -> Mask? {
    guard [.string, .number].contains(member.value.kind) else { return nil }
    let key = member.keyNode
    let isSecret =
      key.isEscaped
      ? SecretNames.isSecret(member: member.key)
      : SecretNames.isSecret(memberUTF8: UnsafeBufferPointer(rebasing: text[key.content]))
    guard isSecret else { return nil }
    let place = member.value.range
    return place.count == 2 && member.value.kind == .string ? nil : (place, Self.mask)
  }

  private static let mask = Array("\"\(Secret.mask)\"".utf8)

  private func mask(of node: JSONNode, in text: UnsafeBufferPointer<UInt8>) -> Mask? {
    let content = node.content
    guard content.count <= JSON.longestSearched else { return nil }
    guard node.isEscaped || SecretHints.mayHoldSecret(UnsafeBufferPointer(rebasing: text[content]))
    else { return nil }
    let plain = node.string ?? ""
    let masked = Redaction.text(plain)
    return masked == plain ? nil : (node.range, JSON.string(masked).compactBytes)
  }
}

extension JSONNode {
  /// Where a string's text lies, its quotes left out.
  fileprivate var content: Range<Int> {
    let range = range
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }
}

package import JSON

/// A set of words that peers may extend: known members have names, unknown ones are kept.
package protocol OpenEnum: PeerValue, RawRepresentable where RawValue == String {
  init(rawValue: String)
  static var known: [Self] { get }
}

extension OpenEnum {
  package static func read(_ json: JSON, _ reading: inout Reading) -> Self? {
    guard let text = String.read(json, &reading) else { return nil }
    let value = Self(rawValue: text)
    if !known.contains(value) { reading.report(.unknownValue(text)) }
    return value
  }

  package var json: JSON { .string(rawValue) }
  package var isKnown: Bool { Self.known.contains(self) }
}

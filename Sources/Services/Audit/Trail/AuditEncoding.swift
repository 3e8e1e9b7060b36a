import Crypto
import EventLoop
import JSON
import SafeText

/// The one text of an event that its hash covers: canonical JSON with the hash of the event before in it.
/// Anybody can make it again from an export.
struct AuditEncoding {
  private(set) var bytes: [UInt8] = []

  /// Arguments beyond this are kept as their size and digest.
  private static let argumentBytes = 65_536

  static func of(_ event: AuditEvent, arguments: String, after previous: [UInt8]) -> [UInt8] {
    var encoding = AuditEncoding()
    encoding.bytes.reserveCapacity(512 + arguments.utf8.count)
    encoding.write(event, arguments, previous)
    return encoding.bytes
  }

  /// Keys in the order of canonical JSON.
  private mutating func write(_ event: AuditEvent, _ arguments: String, _ previous: [UInt8]) {
    raw("{\"arguments\":" as StaticString)
    raw(arguments)
    raw(",\"at\":" as StaticString)
    raw(String(event.at.microseconds))
    member("client", event.client)
    member("credential", event.credential)
    member("detail", event.detail)
    member("kind", event.kind.rawValue)
    raw(",\"microseconds\":" as StaticString)
    raw(String(event.microseconds))
    member("outcome", event.outcome.rawValue)
    member("previous", Hexadecimal.text(previous))
    member("principal", event.principal)
    member("request", event.request)
    member("session", event.session)
    member("system", event.system)
    member("tool", event.tool)
    member("trace", event.trace)
    member("version", event.version)
    raw("}" as StaticString)
  }

  private mutating func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func member(_ name: StaticString, _ value: String) {
    raw(",\"" as StaticString)
    raw(name)
    var value = value
    let isPlain = value.withUTF8 { $0.allSatisfy(Self.isPlain) }
    guard isPlain else {
      raw("\":" as StaticString)
      bytes += JSON.string(value).canonicalBytes
      return
    }
    raw("\":\"" as StaticString)
    raw(value)
    raw("\"" as StaticString)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  // MARK: - Arguments

  /// Canonical and masked; very long ones as what tells them from others.
  static func arguments(_ value: JSON?, _ crypto: CryptoLibrary) -> String {
    guard let value else { return "null" }
    let bytes = value.masked.canonicalBytes
    guard bytes.count > argumentBytes else { return String(decoding: bytes, as: UTF8.self) }
    let stand: JSON = [
      "bytes": .number(JSONNumber(bytes.count)),
      "sha256": .string(Hexadecimal.text(crypto.sha256(bytes))),
    ]
    return stand.canonical
  }
}

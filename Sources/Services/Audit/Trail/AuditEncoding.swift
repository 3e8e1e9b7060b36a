import Crypto
import Database
import EventLoop
import JSON
import SafeText

/// The one text of an event that its hash covers: canonical JSON with the hash of the event before in it.
/// Anybody can make it again from an export.
struct AuditEncoding {
  private(set) var bytes: [UInt8] = []
  /// Where the texts of the columns stand in it, as they go into the store.
  private var places = [Range<Int>?](repeating: nil, count: AuditColumn.allCases.count)
  /// Those that JSON writes otherwise than the store.
  private var escaped: [(column: AuditColumn, text: String)] = []

  /// Arguments beyond this are kept as their size and digest.
  private static let argumentBytes = 65_536

  init(_ event: AuditEvent, arguments: [UInt8], after previous: [UInt8]) {
    bytes.reserveCapacity(1024 + arguments.count)
    write(event, arguments, previous)
  }

  /// Whether a text of the event holds what not every store takes.
  var hasNUL: Bool { escaped.contains { $0.text.utf8.contains(0) } }

  /// Keys in the order of canonical JSON.
  private mutating func write(_ event: AuditEvent, _ arguments: [UInt8], _ previous: [UInt8]) {
    raw("{\"arguments\":" as StaticString)
    let start = bytes.count
    bytes += arguments
    places[AuditColumn.arguments.rawValue] = start..<bytes.count
    raw(",\"at\":" as StaticString)
    raw(String(event.at.microseconds))
    member(",\"client\":\"", event.client, .client)
    member(",\"credential\":\"", event.credential, .credential)
    member(",\"detail\":\"", event.detail, .detail)
    member(",\"kind\":\"", event.kind.rawValue, .kind)
    raw(",\"microseconds\":" as StaticString)
    raw(String(event.microseconds))
    member(",\"outcome\":\"", event.outcome.rawValue, .outcome)
    raw(",\"previous\":\"" as StaticString)
    raw(Hexadecimal.text(previous))
    raw("\"" as StaticString)
    member(",\"principal\":\"", event.principal, .principal)
    member(",\"request\":\"", event.request, .request)
    member(",\"session\":\"", event.session, .session)
    member(",\"system\":\"", event.system, .system)
    member(",\"tool\":\"", event.tool, .tool)
    member(",\"trace\":\"", event.trace, .trace)
    member(",\"version\":\"", event.version, .version)
    raw("}" as StaticString)
  }

  private mutating func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// `opening` is all that stands before the value.
  private mutating func member(_ opening: StaticString, _ value: String, _ column: AuditColumn) {
    raw(opening)
    let start = bytes.count
    var value = value
    let isPlain = value.withUTF8 { text in
      guard PlainCharacters.makeUp(text) else { return false }
      bytes.append(contentsOf: text)
      return true
    }
    if isPlain {
      places[column.rawValue] = start..<bytes.count
      raw("\"" as StaticString)
    } else {
      bytes.removeLast()
      bytes += JSON.string(value).canonicalBytes
      escaped.append((column, value))
    }
  }

  /// The event as a row of the store.
  consuming func row(
    _ number: Int64, _ event: AuditEvent, after previous: [UInt8], hash: [UInt8]
  ) -> SQLPackedRow {
    var row = SQLPackedRow(block: bytes, count: AuditColumn.allCases.count)
    for (index, place) in places.enumerated() {
      if let place { row.cells[index] = .text(place) }
    }
    row.cells[AuditColumn.number.rawValue] = .integer(number)
    row.cells[AuditColumn.at.rawValue] = .integer(event.at.microseconds)
    row.cells[AuditColumn.microseconds.rawValue] = .integer(event.microseconds)
    for text in escaped { row.set(text.column.rawValue, text: text.text) }
    row.set(AuditColumn.previous.rawValue, blob: previous)
    row.set(AuditColumn.hash.rawValue, blob: hash)
    return row
  }

  // MARK: - Arguments

  /// Canonical and masked; very long ones as what tells them from others.
  static func arguments(_ value: JSON?, _ crypto: CryptoLibrary) -> [UInt8] {
    guard let value else { return Array("null".utf8) }
    let bytes = value.masked.canonicalBytes
    guard bytes.count > argumentBytes else { return bytes }
    let stand: JSON = [
      "bytes": .number(JSONNumber(bytes.count)),
      "sha256": .string(Hexadecimal.text(crypto.sha256(bytes))),
    ]
    return stand.canonicalBytes
  }
}

/// The columns of an event, in their order in the store.
enum AuditColumn: Int, CaseIterable {
  case number, at, kind, principal, credential, system, tool, outcome, microseconds, request, trace
  case session, client, version, detail, arguments, previous, hash
}

import Crypto
import EventLoop
package import JSON

/// One entry as each format of an export has it.
extension AuditEntry {
  /// Every member, the hashes in hexadecimal; without `number`, `time` and `hash` it is what the hash covers.
  package var json: JSON {
    [
      "number": .number(JSONNumber(number)), "at": .number(JSONNumber(event.at.microseconds)),
      "time": .string(event.at.description), "kind": .string(event.kind.rawValue),
      "principal": .string(event.principal), "credential": .string(event.credential),
      "system": .string(event.system), "tool": .string(event.tool), "arguments": argumentsValue,
      "outcome": .string(event.outcome.rawValue),
      "microseconds": .number(JSONNumber(event.microseconds)), "request": .string(event.request),
      "trace": .string(event.trace), "session": .string(event.session),
      "client": .string(event.client), "version": .string(event.version),
      "detail": .string(event.detail), "previous": .string(Hexadecimal.text(previous)),
      "hash": .string(Hexadecimal.text(hash)),
    ]
  }

  /// What another hand has spoilt is shown as its text.
  private var argumentsValue: JSON {
    do throws(JSONError) { return try JSON.parse(arguments) } catch { return .string(arguments) }
  }

  /// The names of `cells`, in their order.
  package static let columns = [
    "number", "time", "kind", "principal", "credential", "system", "tool", "arguments", "outcome",
    "microseconds", "request", "trace", "session", "client", "version", "detail", "hash",
  ]

  package var cells: [String] {
    [
      String(number), event.at.description, event.kind.rawValue, event.principal,
      event.credential, event.system, event.tool, arguments, event.outcome.rawValue,
      String(event.microseconds), event.request, event.trace, event.session, event.client,
      event.version, event.detail, Hexadecimal.text(hash),
    ]
  }
}

/// Comma-separated values by RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in front.
package enum CSV {
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  private static func cell(_ text: String) -> String {
    let starts: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]
    let safe = text.first.map(starts.contains) == true ? "'" + text : text
    let needsQuotes = safe.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}

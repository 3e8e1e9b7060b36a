/// Writes a `text/event-stream`.
package enum EventStreamWriter {
  /// One event; data with line breaks becomes several lines, an id with a line break or NUL is left out.
  package static func event(_ event: ServerSentEvent, retry milliseconds: Int? = nil) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(event.data.count + 64)
    if event.type != "message" { line("event", Array(singleLine(event.type).utf8), &out) }
    if let id = event.id, id == singleLine(id) { line("id", Array(id.utf8), &out) }
    if let milliseconds { line("retry", Array(String(milliseconds).utf8), &out) }
    for piece in lines(event.data) { line("data", piece, &out) }
    out.append(0x0A)
    return out
  }

  /// A keep-alive that no reader shows.
  package static func comment(_ text: String = "") -> [UInt8] {
    Array((": " + singleLine(text) + "\n\n").utf8)
  }

  private static func line(_ name: String, _ value: some Sequence<UInt8>, _ out: inout [UInt8]) {
    out += name.utf8
    out += ": ".utf8
    out += value
    out.append(0x0A)
  }

  private static func lines(_ data: [UInt8]) -> [ArraySlice<UInt8>] {
    guard data.contains(0x0D) else {
      return data.split(separator: 0x0A, omittingEmptySubsequences: false)
    }
    var unified: [UInt8] = []
    for (index, byte) in data.enumerated() {
      if byte == 0x0A, index > 0, data[index - 1] == 0x0D { continue }
      unified.append(byte == 0x0D ? 0x0A : byte)
    }
    return unified.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  private static func singleLine(_ text: String) -> String {
    String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }, as: UTF8.self)
  }
}

package import HTTPCore

/// A request as a scripted server read it.
package struct ScriptedRequest: Sendable {
  package let method: String
  package let target: String
  package let fields: HTTPFields
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// Cuts a whole request off the front; nil until one is there.
  init?(takingFrom bytes: inout [UInt8]) {
    guard let end = Self.endOfHead(bytes) else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    method = String(words[0])
    target = String(words[1])
    fields = HTTPFields(
      lines.dropFirst().compactMap { line in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return HTTPField(String(line[..<colon]), String(value))
      })
    let size = fields["Content-Length"].flatMap { Int($0) } ?? 0
    guard bytes.count >= end + size else { return nil }
    body = Array(bytes[end..<end + size])
    bytes.removeFirst(end + size)
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    let mark: [UInt8] = [13, 10, 13, 10]
    for start in 0...(bytes.count - 4) where bytes[start..<start + 4].elementsEqual(mark) {
      return start + 4
    }
    return nil
  }
}

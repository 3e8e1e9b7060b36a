import TerminalCore

/// Bytes as lines of sixteen: their place, their numbers, and what of them is text.
enum HexLines {
  private static let most = 64 << 10
  private static let mostWhole = 4 << 20
  private static let digits = Array("0123456789abcdef")

  static func of(
    _ blob: ResultBlob, _ keys: ResultKeys, isWhole: Bool = false
  ) -> [ResultLine] {
    let most = isWhole ? mostWhole : most
    let shown = blob.bytes.prefix(most)
    var lines = stride(from: 0, to: shown.count, by: 16).map { start in
      ResultLine(line(shown[start..<min(start + 16, shown.count)], at: start))
    }
    if blob.bytes.count > most {
      let more = isWhole ? "\(keys.write) writes" : "\(keys.all) shows, \(keys.write) writes"
      var line = ResultLine("… \(blob.bytes.count - most) bytes more; \(more) all", .stateWarn)
      line.saysMore = true
      lines.append(line)
    }
    return lines
  }

  private static func line(_ bytes: ArraySlice<UInt8>, at place: Int) -> String {
    var numbers = ""
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if index == 8 { numbers += " " }
      numbers += hex(Int(byte), 2) + " "
      text.append(0x20..<0x7F ~= byte ? Character(Unicode.Scalar(byte)) : ".")
    }
    return hex(place, 8) + "  " + numbers
      + String(repeating: " ", count: max(0, 50 - numbers.count)) + text
  }

  private static func hex(_ value: Int, _ count: Int) -> String {
    String((0..<count).reversed().map { digits[value >> ($0 * 4) & 15] })
  }
}

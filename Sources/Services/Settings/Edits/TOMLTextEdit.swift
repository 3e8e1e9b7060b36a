import JSON

/// Sets and removes whole tables in the text of a TOML file; every other byte stays as it is.
struct TOMLTextEdit {
  private let bytes: [UInt8]
  private let headers: [TOMLHeader]
  private var lineEnd: String { bytes.contains(0x0D) ? "\r\n" : "\n" }

  init(_ bytes: [UInt8]) throws(ConfigSyntaxError) {
    var reader = TOMLReader(bytes)
    do throws(TOMLFailure) {
      _ = try reader.document()
    } catch {
      let place = reader.cursor.position(of: error.offset)
      throw ConfigSyntaxError(.toml, error.problem.sentence, at: place)
    }
    self.bytes = bytes
    headers = reader.headers
  }

  /// Whether the table has a header, its own or one of its parts'.
  func hasTable(_ path: [String]) -> Bool { headers.contains { $0.path.starts(with: path) } }

  /// The text with that table written where it stood, or at the end.
  func setting(_ path: [String], to entry: JSONObject) -> [UInt8] {
    let text = Array(
      TOMLWriter.table(path, entry).replacing(text: "\n", with: lineEnd).utf8)
    let regions = regions(of: path)
    guard let first = regions.first else {
      let gap = bytes.isEmpty ? "" : bytes.last == 0x0A ? lineEnd : lineEnd + lineEnd
      return bytes + Array(gap.utf8) + text
    }
    return Array(bytes[..<first.lowerBound]) + text
      + cutting(regions.dropFirst(), from: first.upperBound)
  }

  func removing(_ path: [String]) -> [UInt8]? {
    let regions = regions(of: path)
    guard let first = regions.first else { return nil }
    var start = first.lowerBound
    // The blank line before a table belongs to it.
    let blank = Array(lineEnd.utf8)
    if bytes[..<start].suffix(blank.count + 1).elementsEqual([0x0A] + blank) {
      start -= blank.count
    }
    return Array(bytes[..<start]) + cutting(regions.dropFirst(), from: first.upperBound)
  }

  private func cutting(_ regions: ArraySlice<Range<Int>>, from start: Int) -> [UInt8] {
    var result: [UInt8] = []
    var at = start
    for region in regions {
      result += bytes[at..<region.lowerBound]
      at = region.upperBound
    }
    return result + bytes[at...]
  }

  /// Runs of neighbouring tables that belong to the path.
  private func regions(of path: [String]) -> [Range<Int>] {
    var regions: [Range<Int>] = []
    for (index, header) in headers.enumerated() where header.path.starts(with: path) {
      let start = startOfLine(header.offset)
      let end =
        index + 1 < headers.count ? endOfBody(before: headers[index + 1].offset) : bytes.count
      if let last = regions.last, last.upperBound >= start {
        regions[regions.count - 1] = last.lowerBound..<end
      } else if let last = regions.last, isSpace(last.upperBound..<start) {
        regions[regions.count - 1] = last.lowerBound..<end
      } else {
        regions.append(start..<end)
      }
    }
    return regions
  }

  private func isSpace(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 <= 0x20 } }

  private func startOfLine(_ offset: Int) -> Int {
    bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// Comments and blank lines before a header belong to that header.
  private func endOfBody(before offset: Int) -> Int {
    var end = startOfLine(offset)
    while end > 0 {
      let start = startOfLine(end - 1)
      let line = bytes[start..<end].drop { $0 == 0x20 || $0 == 0x09 }
      guard line.first == 0x23 || line.first == 0x0A || line.first == 0x0D else { break }
      end = start
    }
    return end
  }
}

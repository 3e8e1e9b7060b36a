/// What the first bytes of a file tell of a picture, without unpacking it.
package struct PictureFacts: Sendable, Hashable {
  package let format: String
  package let width: Int
  package let height: Int

  /// Nil for bytes that are no picture of a known format.
  package init?(_ bytes: [UInt8]) {
    guard let found = Self.readers.lazy.compactMap({ $0(bytes) }).first else { return nil }
    self = found
  }

  private init(_ format: String, _ width: Int, _ height: Int) {
    self.format = format
    self.width = width
    self.height = height
  }

  private static let readers: [@Sendable ([UInt8]) -> PictureFacts?] = [png, gif, bmp, jpeg, webp]

  private static func has(_ bytes: [UInt8], _ text: String, at place: Int = 0) -> Bool {
    bytes.count >= place + text.utf8.count && bytes[place...].starts(with: text.utf8)
  }

  private static func big(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func little(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func png(_ bytes: [UInt8]) -> PictureFacts? {
    guard bytes.count > 24, bytes[0] == 0x89, has(bytes, "PNG\r\n\u{1A}\n", at: 1) else {
      return nil
    }
    return PictureFacts("PNG", big(bytes, 16, 4), big(bytes, 20, 4))
  }

  private static func gif(_ bytes: [UInt8]) -> PictureFacts? {
    guard bytes.count > 10, has(bytes, "GIF8") else { return nil }
    return PictureFacts("GIF", little(bytes, 6, 2), little(bytes, 8, 2))
  }

  private static func bmp(_ bytes: [UInt8]) -> PictureFacts? {
    guard bytes.count > 26, has(bytes, "BM") else { return nil }
    return PictureFacts("BMP", little(bytes, 18, 4), little(bytes, 22, 4))
  }

  /// The size stands in the first frame header; what comes before is skipped by its length.
  private static func jpeg(_ bytes: [UInt8]) -> PictureFacts? {
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      let isFrame = 0xC0...0xCF ~= marker && ![0xC4, 0xC8, 0xCC].contains(marker)
      if isFrame { return PictureFacts("JPEG", big(bytes, place + 7, 2), big(bytes, place + 5, 2)) }
      place += 2 + big(bytes, place + 2, 2)
    }
    return nil
  }

  private static func webp(_ bytes: [UInt8]) -> PictureFacts? {
    guard bytes.count > 30, has(bytes, "RIFF"), has(bytes, "WEBP", at: 8) else { return nil }
    if has(bytes, "VP8X", at: 12) {
      return PictureFacts("WebP", little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)
    }
    if has(bytes, "VP8L", at: 12) {
      let bits = little(bytes, 21, 4)
      return PictureFacts("WebP", bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    }
    return PictureFacts("WebP", little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF)
  }
}

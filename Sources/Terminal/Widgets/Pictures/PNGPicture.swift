package import TerminalCore

/// A picture as rows of colours.
package struct Picture: Sendable, Hashable {
  package let width: Int
  package let height: Int
  package let pixels: [RGB]

  /// The picture in another size, each of its pixels the mean of what lies there.
  package func scaled(width: Int, height: Int) -> [RGB] {
    func span(_ index: Int, _ count: Int, _ whole: Int) -> Range<Int> {
      let start = min(whole - 1, index * whole / count)
      return start..<max(start + 1, (index + 1) * whole / count)
    }
    return (0..<height).flatMap { y in
      (0..<width).map { x in
        mean(span(x, width, self.width), span(y, height, self.height))
      }
    }
  }

  /// The colour of a part of the picture when it is shrunk: the mean of what lies there.
  func mean(_ columns: Range<Int>, _ rows: Range<Int>) -> RGB {
    var (red, green, blue, count) = (0, 0, 0, 0)
    for y in rows {
      for x in columns {
        let pixel = pixels[y * width + x]
        red += Int(pixel.red)
        green += Int(pixel.green)
        blue += Int(pixel.blue)
        count += 1
      }
    }
    guard count > 0 else { return RGB(0, 0, 0) }
    return RGB(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
  }
}

/// Reads PNG as far as a preview needs it; what it does not know, or what is too large, gives nil.
package enum PNGPicture {
  private static let mostPixels = 4 << 20

  private struct Head {
    let width: Int
    let height: Int
    let depth: Int
    let kind: Int

    /// Samples a pixel.
    var samples: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][kind] ?? 0 }
    var rowBytes: Int { (width * samples * depth + 7) / 8 }
    var step: Int { max(1, samples * depth / 8) }
  }

  package static func read(_ bytes: [UInt8]) -> Picture? {
    guard PictureFacts(bytes)?.format == "PNG", let head = head(bytes) else { return nil }
    var (packed, palette): ([UInt8], [RGB]) = ([], [])
    var place = 8
    while place + 12 <= bytes.count {
      let length = number(bytes, place)
      guard length >= 0, place + 12 + length <= bytes.count else { return nil }
      let data = bytes[(place + 8)..<(place + 8 + length)]
      switch String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self) {
      case "IDAT": packed += data
      case "PLTE": palette = colours(Array(data))
      default: break
      }
      place += 12 + length
    }
    let limit = (head.rowBytes + 1) * head.height
    guard let raw = Inflate.zlib(packed, limit: limit), raw.count == limit,
      let rows = unfiltered(raw, head)
    else { return nil }
    return picture(rows, head, palette)
  }

  private static func head(_ bytes: [UInt8]) -> Head? {
    guard bytes.count > 29, bytes[28] == 0 else { return nil }
    let head = Head(
      width: number(bytes, 16), height: number(bytes, 20), depth: Int(bytes[24]),
      kind: Int(bytes[25]))
    let isSize = head.width > 0 && head.height > 0 && head.width < 1 << 16 && head.height < 1 << 16
    guard isSize, head.width * head.height <= mostPixels, head.samples > 0,
      head.depth == 8 || head.depth == 16 && head.kind != 3
        || [1, 2, 4].contains(head.depth) && (head.kind == 0 || head.kind == 3)
    else { return nil }
    return head
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func colours(_ bytes: [UInt8]) -> [RGB] {
    stride(from: 0, to: bytes.count - bytes.count % 3, by: 3).map {
      RGB(bytes[$0], bytes[$0 + 1], bytes[$0 + 2])
    }
  }

  // MARK: - Filters

  private static func unfiltered(_ raw: [UInt8], _ head: Head) -> [UInt8]? {
    let (width, step) = (head.rowBytes, head.step)
    var rows = [UInt8](repeating: 0, count: width * head.height)
    for y in 0..<head.height {
      let filter = raw[y * (width + 1)]
      guard filter < 5 else { return nil }
      for x in 0..<width {
        let left = x >= step ? rows[y * width + x - step] : 0
        let above = y > 0 ? rows[(y - 1) * width + x] : 0
        let corner = x >= step && y > 0 ? rows[(y - 1) * width + x - step] : 0
        let base =
          switch filter {
          case 1: left
          case 2: above
          case 3: UInt8((Int(left) + Int(above)) / 2)
          case 4: nearest(left, above, corner)
          default: UInt8(0)
          }
        rows[y * width + x] = raw[y * (width + 1) + 1 + x] &+ base
      }
    }
    return rows
  }

  private static func nearest(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let guess = Int(left) + Int(above) - Int(corner)
    let (a, b, c) = (abs(guess - Int(left)), abs(guess - Int(above)), abs(guess - Int(corner)))
    return a <= b && a <= c ? left : b <= c ? above : corner
  }

  // MARK: - Pixels

  private static func picture(_ rows: [UInt8], _ head: Head, _ palette: [RGB]) -> Picture {
    var pixels: [RGB] = []
    pixels.reserveCapacity(head.width * head.height)
    let size = head.depth == 16 ? 2 : 1
    for y in 0..<head.height {
      let row = rows[(y * head.rowBytes)..<((y + 1) * head.rowBytes)]
      for x in 0..<head.width {
        guard head.depth >= 8 else {
          pixels.append(small(row, x, head, palette))
          continue
        }
        let start = row.startIndex + x * head.samples * size
        let samples = (0..<head.samples).map { row[start + $0 * size] }
        pixels.append(colour(samples, head, palette))
      }
    }
    return Picture(width: head.width, height: head.height, pixels: pixels)
  }

  /// Several pixels in one byte: grey, or of the palette.
  private static func small(
    _ row: ArraySlice<UInt8>, _ x: Int, _ head: Head, _ palette: [RGB]
  ) -> RGB {
    let bit = x * head.depth
    let shift = 8 - head.depth - bit % 8
    let most = (1 << head.depth) - 1
    let value = Int(row[row.startIndex + bit / 8]) >> shift & most
    if head.kind == 3 { return palette.indices.contains(value) ? palette[value] : RGB(0, 0, 0) }
    let grey = UInt8(value * 255 / most)
    return RGB(grey, grey, grey)
  }

  /// What is transparent is shown on black, as most terminals are.
  private static func colour(_ samples: [UInt8], _ head: Head, _ palette: [RGB]) -> RGB {
    func dimmed(_ value: UInt8, _ alpha: UInt8) -> UInt8 { UInt8(Int(value) * Int(alpha) / 255) }
    switch head.kind {
    case 0: return RGB(samples[0], samples[0], samples[0])
    case 2: return RGB(samples[0], samples[1], samples[2])
    case 3:
      let index = Int(samples[0])
      return palette.indices.contains(index) ? palette[index] : RGB(0, 0, 0)
    case 4:
      let grey = dimmed(samples[0], samples[1])
      return RGB(grey, grey, grey)
    default:
      return RGB(
        dimmed(samples[0], samples[3]), dimmed(samples[1], samples[3]),
        dimmed(samples[2], samples[3]))
    }
  }
}

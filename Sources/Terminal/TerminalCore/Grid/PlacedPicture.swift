/// How a terminal shows pictures in their own pixels, as it says when it is asked.
package enum PictureWay: Sendable, Hashable { case kitty, sixel }

/// A picture and the cells that it covers.
package struct PlacedPicture: Sendable, Hashable {
  package let place: Rect
  /// The file, for a terminal that unpacks it.
  package let file: [UInt8]
  package let columns: Int
  /// The same as pixels of the very size of its cells, for one that does not.
  package let pixels: [RGB]

  package init(place: Rect, file: [UInt8], columns: Int = 0, pixels: [RGB] = []) {
    self.place = place
    self.file = file
    self.columns = columns
    self.pixels = pixels
  }
}

/// What is sent for pictures. The cursor comes back to where it was.
package enum PictureSequence {
  /// Asks for the ways: first one that a terminal without it passes over, then the size of a cell, then one that all answer.
  package static let question =
    "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" + "\u{1B}[16t" + "\u{1B}[c"

  private static let chunk = 4096

  package static func show(_ picture: PlacedPicture, _ way: PictureWay) -> String {
    let place = "\u{1B}7\u{1B}[\(picture.place.y + 1);\(picture.place.x + 1)H"
    switch way {
    case .kitty: return place + kitty(picture) + "\u{1B}8"
    case .sixel: return place + sixel(picture) + "\u{1B}8"
    }
  }

  /// Takes all pictures away; what was drawn as sixels goes with the cells that are painted over it.
  package static func clear(_ way: PictureWay) -> String {
    way == .kitty ? "\u{1B}_Ga=d,d=A,q=2\u{1B}\\" : ""
  }

  private static func kitty(_ picture: PlacedPicture) -> String {
    let data = Array(ClipboardText.base64(picture.file).utf8)
    var text = "\u{1B}_Ga=d,d=A,q=2\u{1B}\\"
    for start in stride(from: 0, to: data.count, by: chunk) {
      let end = min(start + chunk, data.count)
      let head =
        start == 0
        ? "a=T,f=100,t=d,i=1,q=2,C=1,c=\(picture.place.width),r=\(picture.place.height)," : ""
      let part = String(decoding: data[start..<end], as: UTF8.self)
      text += "\u{1B}_G\(head)m=\(end < data.count ? 1 : 0);\(part)\u{1B}\\"
    }
    return text
  }

  // MARK: - Sixels

  private static func sixel(_ picture: PlacedPicture) -> String {
    let width = picture.columns
    guard width > 0, !picture.pixels.isEmpty else { return "" }
    let height = picture.pixels.count / width
    let colours = picture.pixels.map(\.cubeIndex)
    var text = "\u{1B}P0;1;0q\"1;1;\(width);\(height)"
    for index in Set(colours).sorted() {
      let rgb = ANSIPalette.rgb(index)
      text += "#\(index);2;\(percent(rgb.red));\(percent(rgb.green));\(percent(rgb.blue))"
    }
    for top in stride(from: 0, to: height, by: 6) {
      text += band(colours, width, top..<min(top + 6, height)) + "-"
    }
    return text + "\u{1B}\\"
  }

  private static func percent(_ value: UInt8) -> Int { Int(value) * 100 / 255 }

  /// Six rows of pixels: each colour in them draws its own over the whole width.
  private static func band(_ colours: [UInt8], _ width: Int, _ rows: Range<Int>) -> String {
    var masks: [UInt8: [UInt8]] = [:]
    for (bit, y) in rows.enumerated() {
      for x in 0..<width {
        masks[colours[y * width + x], default: [UInt8](repeating: 0, count: width)][x] |= 1 << bit
      }
    }
    return masks.sorted { $0.key < $1.key }.map { "#\($0.key)" + packed($0.value) }
      .joined(separator: "$")
  }

  /// `!12~` is twelve times the same.
  private static func packed(_ mask: [UInt8]) -> String {
    var text: [UInt8] = []
    var x = 0
    while x < mask.count {
      var end = x + 1
      while end < mask.count, mask[end] == mask[x] { end += 1 }
      let sign = mask[x] + 63
      if end - x > 3 {
        text += Array("!\(end - x)".utf8) + [sign]
      } else {
        text += [UInt8](repeating: sign, count: end - x)
      }
      x = end
    }
    return String(decoding: text, as: UTF8.self)
  }
}

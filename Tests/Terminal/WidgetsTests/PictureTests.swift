import TerminalCore
import Testing

@testable import Widgets

/// A picture of two by two pixels: red, green; blue, white. Stored, not packed.
private let small: [UInt8] = {
  let rows: [UInt8] = [0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255]
  let length = UInt8(rows.count)
  let stream: [UInt8] =
    [0x78, 0x01, 0x01, length, 0, ~length, 0xFF] + rows + [0, 0, 0, 0]
  func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(data.count)] + Array(name.utf8) + data + [0, 0, 0, 0]
  }
  return [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
    + chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]) + chunk("IDAT", stream)
    + chunk("IEND", [])
}()

/// "aaaaaaaaaa" as zlib packs it: a letter and a copy of it, in fixed codes.
private let packed: [UInt8] = [0x78, 0x9C, 0x4B, 0x84, 0x03, 0x00, 0x14, 0xE1, 0x03, 0xCB]

struct PictureTests {
  @Test func `a small picture is read`() {
    let picture = PNGPicture.read(small)
    #expect(picture?.width == 2 && picture?.height == 2)
    #expect(
      picture?.pixels == [RGB(255, 0, 0), RGB(0, 255, 0), RGB(0, 0, 255), RGB(255, 255, 255)])
  }

  @Test func `packed bytes are unpacked, within their limit`() {
    #expect(Inflate.zlib(packed, limit: 10) == Array(repeating: 97, count: 10))
    #expect(Inflate.zlib(packed, limit: 9) == nil)
  }

  @Test func `broken bytes are no picture and no harm`() {
    for length in small.indices { _ = PNGPicture.read(Array(small[..<length])) }
    for place in small.indices {
      for value: UInt8 in [0, 1, 7, 0x7F, 0xFF] {
        var broken = small
        broken[place] = value
        _ = PNGPicture.read(broken)
        _ = PictureFacts(broken)
      }
    }
    var seed: UInt32 = 7
    for _ in 0..<2000 {
      let noise = (0..<40).map { _ -> UInt8 in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: seed >> 24)
      }
      _ = Inflate.zlib([0x78, 0x9C] + noise, limit: 4096)
    }
  }

  @Test func `facts are told of what cannot be drawn`() {
    let gif: [UInt8] = Array("GIF89a".utf8) + [10, 0, 20, 0, 0, 0, 0]
    #expect(PictureFacts(gif)?.width == 10 && PictureFacts(gif)?.height == 20)
    let jpeg: [UInt8] = [
      0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0,
    ]
    #expect(PictureFacts(jpeg)?.width == 40 && PictureFacts(jpeg)?.height == 30)
    #expect(PictureFacts(Array("hello".utf8)) == nil)
  }

  @Test func `two rows of pixels are one of cells`() throws {
    let picture = try #require(PNGPicture.read(small))
    let blocks = HalfBlocks(picture, columns: 10, rows: 10)
    #expect(blocks.width == 2 && blocks.height == 1)
    var canvas = Canvas(size: Size(width: 4, height: 2), signs: SignSet())
    blocks.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.grid[0, 0].style.picture == PictureInk(upper: 196, lower: 21))
    #expect(canvas.grid[1, 0].style.picture == PictureInk(upper: 46, lower: 231))
  }
}

struct MarkdownTests {
  private func text(_ markdown: String, width: Int = 40) -> [String] {
    MarkdownText.lines(markdown, width: width).map { $0.map(\.text).joined() }
  }

  @Test func `blocks are laid out`() {
    #expect(
      text("# Head\nsome *words* and `code`\nthat go on\n\n- one\n  - two\n1. three\n> said")
        == [
          "Head", String(repeating: "─", count: 40), "some words and code that go on", "", "- one",
          "  - two", "1. three", "│ said",
        ])
  }

  @Test func `links stand at the end under their numbers`() {
    #expect(
      text("see [docs](https://a.test) and ![pic](b.png)")
        == ["see docs [1] and pic [2]", "", "[1] https://a.test", "[2] b.png"])
  }

  @Test func `tables are aligned`() {
    #expect(text("| a | bcd |\n|---|---|\n| 1234 | 5 |") == ["a     bcd", "────  ───", "1234  5"])
  }

  @Test func `code stays as it is`() {
    #expect(text("```swift\nlet  x = *1*\n```") == ["  let  x = *1*"])
  }

  @Test func `no line is wider than its room`() {
    let words = "**" + String(repeating: "long words ", count: 30) + "** [x](" + "y) 日本語日本語日本語"
    for width in [10, 17, 40] {
      for line in MarkdownText.lines(words, width: width) { #expect(line.width <= max(10, width)) }
    }
  }

  @Test func `it is known by its looks`() {
    for markdown in ["# a\n\ntext", "- a\n- b\n[x](y)", "```\na\n```\n# b"] {
      #expect(MarkdownText.isLikely(markdown))
    }
    for plain in ["hello", "a - b", "1. just one line", "#nohead", "", "-5 degrees\n-6"] {
      #expect(!MarkdownText.isLikely(plain))
    }
  }

  @Test func `odd input is survived`() {
    for odd in [
      "[", "![](", "****", "`", "|", "|||\n|-|", "#", ">", "- ", "[a]()", "**  **", "~~~",
    ] {
      _ = text(odd, width: 1)
    }
  }
}

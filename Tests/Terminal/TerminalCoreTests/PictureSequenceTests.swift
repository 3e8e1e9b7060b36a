import TerminalCore
import Testing

struct PictureSequenceTests {
  private let place = Rect(x: 2, y: 4, width: 3, height: 2)

  @Test func `a file goes to kitty in pieces and covers its cells`() {
    let text = PictureSequence.show(
      PlacedPicture(place: place, file: [UInt8](repeating: 1, count: 4000)), .kitty)
    #expect(text.hasPrefix("\u{1B}7\u{1B}[5;3H\u{1B}_Ga=d,d=A,q=2\u{1B}\\"))
    #expect(text.contains("\u{1B}_Ga=T,f=100,t=d,i=1,q=2,C=1,c=3,r=2,m=1;AQEB"))
    #expect(text.contains("\u{1B}_Gm=0;"))
    #expect(text.hasSuffix("\u{1B}\\\u{1B}8"))
  }

  @Test func `pixels become sixels of six rows, repeats counted`() {
    let (red, blue) = (RGB(255, 0, 0), RGB(0, 0, 255))
    let pixels = (0..<7).flatMap { y in (0..<5).map { _ in y < 3 ? red : blue } }
    let text = PictureSequence.show(
      PlacedPicture(place: place, file: [], columns: 5, pixels: pixels), .sixel)
    #expect(text.contains("\u{1B}P0;1;0q\"1;1;5;7#21;2;0;0;100#196;2;100;0;0"))
    #expect(text.contains("#21!5w$#196!5F-#21!5@-\u{1B}\\"))
    let none = PlacedPicture(place: place, file: [])
    #expect(PictureSequence.show(none, .sixel) == "\u{1B}7\u{1B}[5;3H\u{1B}8")
  }

  @Test func `a terminal says how it shows pictures`() {
    let rows: [(String, [TerminalInput])] = [
      ("\u{1B}_Gi=31;OK\u{1B}\\", [.pictures(.kitty)]),
      ("\u{1B}_Gi=31;ENOTSUP\u{1B}\\", []),
      ("\u{1B}]Gi=31;OK\u{1B}\\", []),
      ("\u{1B}[?62;4;22c", [.pictures(.sixel)]),
      ("\u{1B}[?64;1;14;44c", []),
      ("\u{1B}[6;20;10t", [.cell(width: 10, height: 20)]),
      ("\u{1B}[6;0;10t", []),
      ("\u{1B}[6;99999;10t", []),
    ]
    for (bytes, expected) in rows {
      var whole = InputParser()
      #expect(whole.feed(Array(bytes.utf8)) == expected, "\(bytes.debugDescription)")
      var split = InputParser()
      #expect(bytes.utf8.flatMap { split.feed([$0]) } == expected)
      #expect(split.pending == .nothing)
    }
  }
}

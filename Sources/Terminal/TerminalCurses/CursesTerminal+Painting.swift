import CNcurses
import EventLoop
package import TerminalCore

extension CursesTerminal: @LoopActor Terminal {
  /// Frames above this are bracketed by mode 2026, so that a terminal shows them at once; smaller ones arrive in one piece anyway.
  private static let synchronizedFrom = 256
  private static let beginFrame = Array("\u{1B}[?2026h".utf8)
  private static let endFrame = Array("\u{1B}[?2026l".utf8)

  package var isReady: Bool { line.isDrained && !isHandedOver }

  package func use(_ theme: ResolvedTheme) { self.theme = theme }

  package func paint(_ runs: [Run], cursor: Point?) {
    var last: (row: Int, end: Int, look: Attributes)?
    for run in runs {
      var look = theme[run.style]
      // On a coloured surface a blank is the same in any foreground: in its neighbour's look it costs no change of colours.
      if let last, last.row == run.y, last.end == run.x, run.isBlank,
        look.isSameBlank(as: last.look)
      {
        look = last.look
      }
      put(run, look)
      last = (run.y, run.x + run.glyphs.count, look)
    }
    acn_cursor(Int32(cursor?.y ?? 0), Int32(cursor?.x ?? 0), cursor == nil ? 0 : 1)
    sendFrame()
  }

  package func askForPictures() { line.send(Array(PictureSequence.question.utf8)) }

  package func show(_ picture: PlacedPicture?, _ way: PictureWay) {
    let text = picture.map { PictureSequence.show($0, way) } ?? PictureSequence.clear(way)
    if !text.isEmpty { line.send(Array(text.utf8)) }
  }

  package func resize() { takeSize() }

  package func invalidate() { acn_invalidate() }

  private func put(_ run: Run, _ look: Attributes) {
    run.glyphs.withUnsafeBufferPointer { glyphs in
      glyphs.withMemoryRebound(to: UInt64.self) { packed in
        guard let first = packed.baseAddress else { return }
        acn_put(
          Int32(run.y), Int32(run.x), first, Int32(packed.count),
          UInt32(look.effects.rawValue), look.foreground.cursesNumber, look.background.cursesNumber)
      }
    }
  }

  func sendFrame() {
    var count = 0
    let frame = UnsafeBufferPointer(start: acn_render(&count), count: count)
    guard count > 0 else { return }
    line.send(
      count < Self.synchronizedFrom ? Array(frame) : Self.beginFrame + frame + Self.endFrame)
  }
}

extension Run {
  fileprivate var isBlank: Bool { glyphs.allSatisfy { $0 == .blank } }
}

extension Attributes {
  /// Whether a blank looks the same in both.
  fileprivate func isSameBlank(as other: Attributes) -> Bool {
    let visible: Effects = [.underline, .reverse]
    return background != .standard && background == other.background
      && effects.isDisjoint(with: visible)
      && other.effects.isDisjoint(with: visible)
  }
}

extension Color {
  /// The number that setaf and setab of our descriptions take.
  fileprivate var cursesNumber: Int32 {
    switch self {
    case .standard: return -1
    case .index(let index): return Int32(index)
    case .rgb(let color):
      let value = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
      // Numbers below 256 are the palette's; the nearest blue above them differs by one step of green.
      return value < 256 ? value | 0x100 : value
    }
  }
}

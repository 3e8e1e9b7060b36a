import TerminalCore
import Widgets

/// A picture of an answer, for terminals that show pixels.
struct ResultPicture: Sendable, Hashable {
  private let facts: PictureFacts
  private let file: [UInt8]
  private let pixels: Picture?

  private static let largestFile = 8 << 20
  /// Sixels of more pixels are slow to make and to draw.
  private static let largestSide = 640

  init(_ facts: PictureFacts, _ file: [UInt8], _ pixels: Picture?) {
    self.facts = facts
    self.file = file
    self.pixels = pixels
  }

  /// Placed into that room, its shape kept; it is never made larger. Nil where it cannot be shown that way.
  func placed(in room: Rect, cell: Size, _ way: PictureWay) -> PlacedPicture? {
    let (columns, rows) = (room.width * cell.width, room.height * cell.height)
    guard columns > 0, rows > 0, facts.width > 0, facts.height > 0 else { return nil }
    let side = way == .sixel ? Self.largestSide : .max
    let scale = max(
      1, Double(facts.width) / Double(min(columns, side)),
      Double(facts.height) / Double(min(rows, side)))
    let width = max(1, Int(Double(facts.width) / scale))
    let height = max(1, Int(Double(facts.height) / scale))
    let place = Rect(
      x: room.x, y: room.y, width: (width + cell.width - 1) / cell.width,
      height: (height + cell.height - 1) / cell.height)
    guard canBeShown(way) else { return nil }
    return switch way {
    case .kitty: PlacedPicture(place: place, file: file)
    case .sixel:
      PlacedPicture(
        place: place, file: [], columns: width,
        pixels: pixels?.scaled(width: width, height: height) ?? [])
    }
  }

  /// Kitty unpacks PNG itself; for sixels we have to.
  func canBeShown(_ way: PictureWay) -> Bool {
    switch way {
    case .kitty: facts.format == "PNG" && file.count <= Self.largestFile
    case .sixel: pixels != nil
    }
  }
}

extension ConsoleState {
  /// The picture that is shown in its own pixels now; nil while something lies over the view, or where the terminal cannot.
  var placedPicture: PlacedPicture? {
    guard let way = pictureWay, showsPixels, let result else { return nil }
    let room = ResultView.Layout(self).rows.inset(horizontal: 1)
      .splitTop(result.lines.count + 1).rest
    return result.source?.placed(in: room, cell: cellSize, way)
  }

  var showsPixels: Bool {
    guard let way = pictureWay, overlay == nil, !isTooSmall, let result, result.tab == .image,
      !list.isFilterFocused
    else { return false }
    return result.source?.canBeShown(way) ?? false
  }
}

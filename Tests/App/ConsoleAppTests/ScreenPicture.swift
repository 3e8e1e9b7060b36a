import TerminalCore

/// A grid as a picture, in the colours of a theme: what the README shows is what the program draws.
enum ScreenPicture {
  private static let cell = (width: 9, height: 20)
  private static let margin = 12
  private static let font =
    "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace"

  static func svg(of grid: Grid, in theme: Theme, paper: String, describedAs title: String)
    -> String
  {
    let width = grid.size.width * cell.width + 2 * margin
    let height = grid.size.height * cell.height + 2 * margin
    let runs = grid.runs(since: nil)
    let ink = theme.attributes(of: .plain, depth: .direct)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img">
      <title>\(escaped(title))</title>
      <rect width="\(width)" height="\(height)" rx="8" fill="\(paper)"/>
      <g transform="translate(\(margin) \(margin))" font-family="\(font)" font-size="15" fill="\(hex(ink.foreground) ?? "white")">
      \(runs.flatMap { drawn($0, theme, paper) }.joined(separator: "\n"))
      </g>
      </svg>

      """
  }

  private static func drawn(_ run: Run, _ theme: Theme, _ paper: String) -> [String] {
    let look = theme.attributes(of: run.style, depth: .direct)
    let isReversed = look.effects.contains(.reverse)
    let (front, back) = (hex(look.foreground), hex(look.background))
    let ink = isReversed ? back ?? paper : front
    let ground = isReversed ? front : back
    let text = run.glyphs.flatMap(\.scalars).map { escaped(String(Character($0))) }.joined()
    let (x, y) = (run.x * cell.width, run.y * cell.height)
    let length = run.glyphs.count * cell.width
    var lines: [String] = []
    if let ground {
      lines.append(
        #"<rect x="\#(x)" y="\#(y)" width="\#(length)" height="\#(cell.height)" fill="\#(ground)"/>"#
      )
    }
    guard run.glyphs.contains(where: { $0 != .blank }) else { return lines }
    let words = [
      #"x="\#(x)" y="\#(y + 15)" textLength="\#(length)" xml:space="preserve""#,
      ink.map { #"fill="\#($0)""# },
      look.effects.contains(.bold) ? #"font-weight="bold""# : nil,
      look.effects.contains(.italic) ? #"font-style="italic""# : nil,
      look.effects.contains(.underline) ? #"text-decoration="underline""# : nil,
      look.effects.contains(.dim) ? #"opacity="0.6""# : nil,
    ].compactMap(\.self)
    return lines + ["<text \(words.joined(separator: " "))>\(text)</text>"]
  }

  private static func hex(_ color: Color) -> String? {
    guard case .rgb(let rgb) = color else { return nil }
    return "#"
      + [rgb.red, rgb.green, rgb.blue].map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;"][$0] ?? String($0) }.joined()
  }
}

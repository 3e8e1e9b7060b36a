import TerminalCore

/// A grid as plain text: what it shows, then its roles, then its surfaces, and what the letters mean.
enum ScreenText {
  private static let letters = Array(
    ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  static func of(_ grid: Grid) -> String {
    var parts = [
      "── screen \(grid.size.width)x\(grid.size.height) ──", shown(grid),
      "── roles ──", plane(grid) { $0.style.role },
    ]
    if grid.cells.contains(where: { $0.style.surface != .text }) {
      parts += ["── surfaces ──", plane(grid) { $0.style.surface }]
    }
    if let cursor = grid.cursor { parts.append("── cursor \(cursor.x),\(cursor.y) ──") }
    return (parts + ["── legend ──", legend(grid)]).joined(separator: "\n") + "\n"
  }

  static func shown(_ grid: Grid) -> String {
    rows(grid) { String(String.UnicodeScalarView($0.glyph.scalars)) }
  }

  private static func plane(_ grid: Grid, _ role: (Cell) -> Role) -> String {
    rows(grid) { String(letters[Int(role($0).rawValue)]) }
  }

  private static func rows(_ grid: Grid, _ text: (Cell) -> String) -> String {
    (0..<grid.size.height).map { y in
      var line = grid.row(y).map(text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  private static func legend(_ grid: Grid) -> String {
    let used = Set(grid.cells.flatMap { [$0.style.role, $0.style.surface] })
    return Role.allCases.filter(used.contains)
      .map { "\(letters[Int($0.rawValue)]) \($0.name)" }.joined(separator: "\n")
  }
}

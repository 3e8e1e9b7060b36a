import TestSupport
import Testing

/// The map of docs/ARCHITECTURE.md against the rows of the manifest.
@Suite struct MapTests {
  private struct Row {
    let area: Substring
    let name: Substring
    let uses: [Substring]
  }

  /// The first table; an area stands in its first row only.
  private static let map: [Row] = {
    let text = Repository.text(of: "docs/ARCHITECTURE.md") ?? ""
    let table = text.split(separator: "\n").drop { !$0.hasPrefix("| area ") }.dropFirst(2)
    var area: Substring = ""
    return table.prefix { $0.hasPrefix("|") }.map { line in
      let cells = line.split(separator: "|").map { trimmed($0) }
      if let first = cells.first, !first.isEmpty { area = first }
      let uses = cells.count > 3 ? cells[3].split(separator: ",").map { trimmed($0) } : []
      return Row(area: area, name: cells.count > 1 ? cells[1] : "", uses: uses)
    }
  }()

  private static let targets = Manifest.own.rows.filter {
    ["shim", "room", "program"].contains($0.kind)
  }

  @Test func `every target has its row in the map, and every row its target`() {
    #expect(Set(Self.map.map { String($0.name) }) == Set(Self.targets.map(\.name)))
    #expect(Self.map.count == Self.targets.count)
  }

  /// A row may name an area for all that is used of it.
  @Test func `a row of the map names what its target uses, and nothing else`() {
    let areas = Dictionary(grouping: Self.map, by: \.area).mapValues { Set($0.map(\.name)) }
    for row in Self.map {
      let used = Set((Manifest.own.row(String(row.name))?.uses ?? []).map { $0[...] })
      let named = row.uses.map { areas[$0] ?? [$0] }
      #expect(
        used.isSubset(of: named.reduce([]) { $0.union($1) }), "\(row.name) uses \(used.sorted())")
      for (word, meant) in zip(row.uses, named) {
        #expect(!used.isDisjoint(with: meant), "\(row.name) does not use \(word)")
      }
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start[
      ..<(start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}

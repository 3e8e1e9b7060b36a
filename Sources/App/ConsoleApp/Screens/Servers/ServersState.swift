/// The servers that were found.
struct ServersState: Sendable, Hashable {
  private(set) var rows: [ServerRow] = []
  /// False until the first report has come.
  private(set) var isLoaded = false
  private(set) var revision = 0

  /// Takes what was found. What is in use stays, whatever has become of its file.
  mutating func take(_ new: [ServerRow], inUse: (ServerRow) -> Bool = { _ in false }) {
    let found = Set(new.map(\.key))
    // What was named on the command line stands in no file.
    let named = rows.filter { $0.source == ServerRow.commandLine }
    let orphans = rows.filter { row in
      row.source != ServerRow.commandLine && !found.contains(row.key) && inUse(row)
    }
    rows = named + new + orphans.map(\.orphaned)
    isLoaded = true
    revision += 1
  }

  /// Puts a server that no file knows in front.
  mutating func add(_ row: ServerRow) {
    rows.removeAll { $0.key == row.key }
    rows.insert(row, at: 0)
    revision += 1
  }

  func row(_ key: String) -> ServerRow? { rows.first { $0.key == key } }
}

extension ServerRow {
  static let commandLine = "command line"
  private static let orphan =
    "its file does not name it any more; it is listed while it is connected"

  /// The same, told as what no file names.
  fileprivate var orphaned: ServerRow {
    var row = self
    if !row.findings.contains(Self.orphan) { row.findings.append(Self.orphan) }
    return row
  }

  /// Tells servers of one name in several files apart.
  var key: String { "\(name)\u{0}\(source)\u{0}\(path)" }
}

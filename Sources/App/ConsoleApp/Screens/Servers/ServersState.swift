/// The servers that were found.
struct ServersState: Sendable, Hashable {
  private(set) var rows: [ServerRow] = []
  /// False until the first report has come.
  private(set) var isLoaded = false
  private(set) var revision = 0

  mutating func take(_ new: [ServerRow]) {
    // What was named on the command line stands in no file.
    rows = rows.filter { $0.source == ServerRow.commandLine } + new
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

  /// Tells servers of one name in several files apart.
  var key: String { "\(name)\u{0}\(source)\u{0}\(path)" }
}

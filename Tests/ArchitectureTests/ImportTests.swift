import Testing

/// SwiftPM builds an undeclared import of a transitive target without a word; these tests do not.
@Suite struct ImportTests {
  /// Modules of the toolchain that product code may use.
  private static let toolchain: Set = ["Dispatch", "Glibc", "Synchronization"]
  private static let testToolchain = toolchain.union(["Testing", "Foundation", "Dispatch"])

  /// Which targets may import a C module.
  private static let owners: [String: Set<String>] = [
    "CNcurses": ["TerminalCurses"], "CLinux": ["EventLoop", "Processes", "HTTP"],
    "CCurl": ["HTTP", "alidade-bench"], "CCrypto": ["HTTP", "Crypto"], "CSQLite": ["Database"],
    "CPostgres": ["Database"], "CTLS": ["HTTP"], "CPCRE": ["JSONSchema"], "CTOML": ["Settings"],
    "CMarkdown": ["Widgets"], "CRelease": ["CommandLineApp"],
  ]

  /// What a target must never import, whatever its row says.
  private static let forbidden: [String: Set<String>] = [
    "CommandLineApp": ["MCPClient", "Transports", "JSONRPC", "MCPEras"],
    "ConsoleApp": ["MCPClient", "Transports", "JSONRPC", "MCPEras", "TerminalCurses"],
    "Widgets": ["MCPProtocol"],
    "MCPServer": ["MockCatalogs", "MockBackend"],
    "MockCatalogs": ["Transports", "Authorization", "Audit"],
  ]

  @Test func `a target uses only targets above its own row`() {
    var above: Set<String> = []
    for row in Manifest.own.rows {
      let below = row.uses.filter { !above.contains($0) }
      #expect(below.isEmpty, "\(row.name) uses \(below), which stand below it or nowhere")
      above.insert(row.name)
    }
    #expect(above.contains("alidade"))
  }

  @Test func `every import is declared in the manifest's row`() {
    for file in Tree.swift where file.area != "C" {
      let row = Manifest.own.row(file.target)
      let own = file.isProduct ? Self.toolchain : Self.testToolchain
      for (module, line) in file.imports where !own.contains(module) {
        #expect(
          row?.uses.contains(module) == true,
          "\(file.place(line)) imports \(module), which the row of \(file.target) does not name")
      }
    }
  }

  @Test func `every use that a row declares is imported somewhere`() {
    let imported = Dictionary(grouping: Tree.swift, by: \.target).mapValues { files in
      Set(files.flatMap { $0.imports.map(\.module) })
    }
    for row in Manifest.own.rows where ["room", "program", "tests"].contains(row.kind) {
      let unused = row.uses.filter { imported[row.name]?.contains($0) != true }
      #expect(unused.isEmpty, "\(row.name) declares \(unused) and imports none of it")
    }
  }

  @Test func `each C module is imported by its owners only`() {
    for file in Tree.product {
      for (module, line) in file.imports where Self.isC(module) {
        #expect(
          Self.owners[module]?.contains(file.target) == true,
          "\(file.place(line)): \(module) belongs to \(Self.owners[module] ?? [])")
      }
    }
  }

  private static func isC(_ module: String) -> Bool {
    Manifest.own.row(module).map { ["shim", "library"].contains($0.kind) } ?? false
  }

  @Test func `no target imports what its place in the house forbids`() {
    for file in Tree.product {
      for (module, line) in file.imports {
        #expect(
          Self.forbidden[file.target]?.contains(module) != true,
          "\(file.place(line)): \(file.target) must not know \(module)")
      }
    }
  }
}

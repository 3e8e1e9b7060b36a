import Glibc
import JSON
import Testing

@testable import Settings

@Suite struct CatalogTests {
  private let file = ".config/alidade/servers.json"

  private func server(_ name: String, key: String? = nil) -> ServerDefinition {
    var server = ServerDefinition(name: name, transport: .http, origin: .commandLine)
    server.url = "https://h/mcp"
    if let key { server.headers = [NamedValue("Authorization", "Bearer \(key)")] }
    return server
  }

  @Test func `a missing catalog is empty and comes into being with the first server`() throws {
    let home = try Home()
    let catalog = ServerCatalog(places: home.places)
    #expect(catalog.load().servers.isEmpty)
    #expect(catalog.load().findings.isEmpty)
    #expect(try catalog.set(server("a")) == .added)
    #expect(
      try home.text(file) == """
        {
          "mcpServers": {
            "a": {
              "type": "http",
              "url": "https://h/mcp"
            }
          }
        }

        """)
    #expect(catalog.load().servers.map(\.name) == ["a"])
    #expect(catalog.load().servers.first?.origin.position == TextPosition(line: 3, column: 5))
  }

  @Test func `order, comments and unknown members stay`() throws {
    let home = try Home([
      file: """
      {
        // mine
        "$schema": "x",
        "mcpServers": {
          "b": {"url": "https://b", "myTool": {"x": 1e400}},
          "a": {"command": "run"}
        }
      }
      """
    ])
    let catalog = ServerCatalog(places: home.places)
    var changed = server("b")
    changed.timeout = 1.5
    #expect(throws: CatalogError.nameTaken("b", catalog.path)) { try catalog.set(changed) }
    #expect(try catalog.set(changed, replacing: true) == .replaced)
    #expect(try catalog.set(changed, replacing: true) == .unchanged)
    #expect(try catalog.remove("a") == .removed)
    #expect(
      try home.text(file) == """
        {
          // mine
          "$schema": "x",
          "mcpServers": {
            "b": {
              "type": "http",
              "url": "https://h/mcp",
              "timeout": 1500,
              "myTool": {
                "x": 1e400
              }
            }
          }
        }
        """)
  }

  @Test func `of a name that stands twice the last one counts, and both go`() throws {
    let home = try Home([
      file: #"{"mcpServers":{"a":{"command":"old"},"b":{"command":"b"},"a":{"command":"new"}}}"#
    ])
    let catalog = ServerCatalog(places: home.places)
    #expect(catalog.load().servers.map(\.command) == ["b", "new"])
    #expect(try catalog.remove("a") == .removed)
    #expect(try home.text(file) == #"{"mcpServers":{"b":{"command":"b"}}}"#)
  }

  @Test func `a broken file is told with its place and never overwritten`() throws {
    let text = "{\"mcpServers\": {\n  \"a\": {\"command\": \"x\"\n}}"
    let home = try Home([file: text])
    let catalog = ServerCatalog(places: home.places)
    let found = try #require(catalog.load().findings.first)
    #expect(found.position == TextPosition(line: 3, column: 3))
    #expect(throws: CatalogError.self) { try catalog.set(server("b")) }
    #expect(throws: CatalogError.self) { try catalog.remove("a") }
    #expect(try home.text(file) == text)
  }

  @Test(arguments: [
    "[]", "{\"mcpServers\": []}", "{\"servers\": {\"a\": {\"url\": \"http://h\"}}}",
  ])
  func `a file of another shape is left alone`(text: String) throws {
    let home = try Home([file: text])
    #expect(throws: CatalogError.self) { try ServerCatalog(places: home.places).set(server("b")) }
    #expect(try home.text(file) == text)
  }

  @Test func `an unknown name is refused with the known ones`() throws {
    let home = try Home([file: "{\"mcpServers\": {\"alumia\": {\"command\": \"x\"}}}"])
    #expect(throws: CatalogError.unknown("alumnia", known: ["alumia"])) {
      try ServerCatalog(places: home.places).remove("alumnia")
    }
  }

  @Test func `a catalog with secrets is for its user alone`() throws {
    let home = try Home([file: "{}"])
    #expect(SettingsFile.mode(of: home.path(file)) == 0o644)
    let catalog = ServerCatalog(places: home.places)
    _ = try catalog.set(server("a"))
    #expect(SettingsFile.mode(of: home.path(file)) == 0o644)
    _ = try catalog.set(server("b", key: "alm_live_123456"))
    #expect(SettingsFile.mode(of: home.path(file)) == 0o600)
  }

  @Test func `a link to the catalog stays a link`() throws {
    let home = try Home(["dotfiles/servers.json": "{}"])
    try SettingsFile.makeDirectory(home.path(".config/alidade"))
    #expect(symlink(home.path("dotfiles/servers.json"), home.path(file)) == 0)
    _ = try ServerCatalog(places: home.places).set(server("a"))
    #expect(try home.text("dotfiles/servers.json")?.contains("\"a\"") == true)
    var status = stat()
    #expect(lstat(home.path(file), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `a file that changed meanwhile is not overwritten`() throws {
    let home = try Home(["f": "new"])
    let path = home.path("f")
    #expect(throws: FileFailure(step: .write, path: path, cause: .changedMeanwhile)) {
      try SettingsFile.replace(path, with: [1], expecting: Array("old".utf8), isPrivate: false)
    }
    #expect(try home.text("f") == "new")
    #expect(SettingsFile.names(in: home.path("")).filter { $0.hasPrefix("f") } == ["f"])
  }

  @Test func `writers at the same time lose nothing`() async throws {
    let home = try Home()
    let catalog = ServerCatalog(places: home.places)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { _ = try catalog.set(server("s\(number)")) }
      }
      try await group.waitForAll()
    }
    #expect(Set(catalog.load().servers.map(\.name)) == Set((0..<8).map { "s\($0)" }))
  }

  @Test func `a pipe or a directory is refused, not waited for`() throws {
    let home = try Home()
    #expect(mkfifo(home.path("pipe"), 0o600) == 0)
    #expect(throws: FileFailure.self) { try SettingsFile.read(home.path("pipe")) }
    #expect(throws: FileFailure.self) { try SettingsFile.read(home.path("work")) }
  }
}

import Glibc
import Settings
import TestSupport
import Testing

@testable import ConsoleApp

/// A home directory with the files of several clients in it.
private struct Home {
  let folder = ScratchFolder()

  func write(_ text: String, to path: String) {
    var parent = folder.path
    for part in path.split(separator: "/").dropLast() {
      parent += "/\(part)"
      mkdir(parent, 0o755)
    }
    guard let file = fopen(folder.file(path), "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  var report: ServerReport {
    ServerFinder(places: ConfigPlaces(environment: ["HOME": folder.path], directory: folder.path))
      .report()
  }
}

struct ServerFinderTests {
  @Test func `servers of the catalog and of other programs are listed with their source`() {
    let home = Home()
    home.write(
      #"{"mcpServers":{"own":{"command":"run","args":["--root","."]}}}"#,
      to: ".config/alidade/servers.json")
    home.write(
      #"{"mcpServers":{"web":{"url":"https://mcp.example.test/mcp"}}}"#, to: ".cursor/mcp.json")
    let rows = home.report.rows
    #expect(rows.map(\.name) == ["own", "web"])
    #expect(rows.map(\.source) == ["alidade", "cursor"])
    #expect(rows.first?.target == "run --root .")
    #expect(rows.first?.path == "~/.config/alidade/servers.json")
    #expect(rows.allSatisfy { $0.definition != nil })
  }

  @Test func `secrets are masked wherever they stand`() {
    let home = Home()
    home.write(
      """
      {"mcpServers":{"web":{"url":"https://h.test/mcp","headers":{"Authorization":"Bearer abcdef"}},
      "run":{"command":"x","args":["--token","hunter2"],"env":{"API_KEY":"hunter2"}}}}
      """, to: ".cursor/mcp.json")
    let rows = home.report.rows
    let shown = rows.map { [$0.target] + $0.facts.map(\.text) }.joined().joined(separator: " ")
    #expect(!shown.contains("hunter2"))
    #expect(!shown.contains("abcdef"))
    #expect(rows.flatMap(\.facts).map(\.label).contains("header"))
  }

  @Test func `a broken file is a row of its own and said`() {
    let home = Home()
    home.write(#"{"mcpServers":{"a": ]}"#, to: ".cursor/mcp.json")
    home.write(#"{"mcpServers":{"b":{"command":"run"}}}"#, to: ".config/alidade/servers.json")
    let report = home.report
    #expect(report.rows.map(\.transport) == [.stdio, .file])
    #expect(report.rows.last?.findings.first?.contains("line 1") == true)
    #expect(report.problems.count == 1)
    #expect(report.problems.first?.hasPrefix("~/.cursor/mcp.json: ") == true)
  }

  @Test func `what is odd about an entry is said with it`() {
    let home = Home()
    home.write(#"{"mcpServers":{"b":{"url":"htps://typo"}}}"#, to: ".cursor/mcp.json")
    #expect(home.report.rows.first?.findings.isEmpty == false)
  }

  @Test func `a machine without any configuration has no servers and no problems`() {
    #expect(Home().report == ServerReport(rows: []))
  }
}

import Glibc
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct ServersCommandTests {
  /// A home with files in it, and the program run there.
  private struct Place {
    let folder = ScratchFolder()

    init(_ files: [String: String] = [:]) {
      mkdir(folder.file("desk"), 0o755)
      for (name, text) in files { write(name, text) }
    }

    func write(_ name: String, _ text: String) {
      var path = folder.path
      for part in name.split(separator: "/").dropLast() {
        path += "/\(part)"
        mkdir(path, 0o755)
      }
      guard let file = fopen(folder.file(name), "w") else { return }
      fputs(text, file)
      fclose(file)
    }

    func text(_ name: String) -> String? {
      guard let file = fopen(folder.file(name), "r") else { return nil }
      defer { fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 20_000)
      let count = fread(&buffer, 1, buffer.count, file)
      return String(decoding: buffer[..<count], as: UTF8.self)
    }

    func run(_ words: String...) async -> CommandRun {
      await CommandRun.of(
        ["servers"] + words, environment: ["HOME": folder.path, "SET": "1"],
        directory: folder.file("desk"))
    }
  }

  private let codex = "[mcp_servers.lumos]\nurl = \"https://api.lumos.com/mcp/user\"\n"
  private let desktop = """
    {"mcpServers": {"alloy": {"command": "npx", "args": ["-y", "mcp-remote",
      "https://mcp.alloy.app/mcp", "--header", "X-MCP-API-Key: k-17"]}}}
    """
  private let projectFile =
    "{\"mcpServers\": {\"p\": {\"command\": \"x\", \"env\": {\"K\": \"${SET}\"}}}}"

  @Test func `what is added is listed, shown and removed`() async throws {
    let place = Place()
    #expect(await place.run("list").output.hasPrefix("No servers are known yet."))
    let added = await place.run(
      "add", "alumia", "https://app.alumia.com/mcp", "-H", "Authorization: Bearer alm_live_123456")
    #expect(added.output == "added alumia in ~/.config/alidade/servers.json\n")
    _ = await place.run(
      "add", "alloy", "-e", "ALLOY_API_TOKEN", "--about", "Ours", "--", "alloy-mcp", "a b")
    #expect(
      await place.run("list").output == """
        Catalog  ~/.config/alidade/servers.json
          alumia  auto   https://app.alumia.com/mcp
          alloy   stdio  alloy-mcp 'a b'
          error: line 14, column 14: alloy: env: Alloy projects needs ALLOY_API_URL in its environment

        """)
    #expect(
      await place.run("show", "alumia").output == """
        name         alumia
        transport    auto
        address      https://app.alumia.com/mcp
        header       Authorization: Bearer ••••
        from         alidade, ~/.config/alidade/servers.json, line 3, column 5

        """)
    #expect(await place.run("show", "alumia", "--reveal").output.contains("Bearer alm_live_123456"))
    #expect(
      await place.run("show", "alloy").output.hasSuffix(
        "reference    ${ALLOY_API_TOKEN} in env.ALLOY_API_TOKEN is not set\n"))
    #expect(
      await place.run("remove", "alloy").output
        == "removed alloy in ~/.config/alidade/servers.json\n")
    let wrong = await place.run("remove", "alumnia")
    #expect(wrong.code == .usage)
    #expect(wrong.errors == "alidade: there is no server 'alumnia'\n  did you mean alumia?\n")
  }

  @Test func `a taken name needs the word for it`() async {
    let place = Place()
    _ = await place.run("add", "a", "http://h/mcp")
    let again = await place.run("add", "a", "http://other/mcp")
    #expect(again.code == .usage)
    #expect(again.errors.hasSuffix("there is a server 'a' already\n  --replace writes over it\n"))
    #expect(
      await place.run("add", "a", "http://other/mcp", "--replace").output.hasPrefix("replaced"))
    #expect(
      await place.run("add", "a", "http://other/mcp", "--replace").output.hasPrefix("unchanged"))
    #expect(
      await place.run("add", "b", "localhost:3000").errors.contains("write http://localhost:3000"))
  }

  @Test func `a name may hold blanks, and what nobody could write is no name`() async {
    let place = Place([
      "desk/o.json":
        #"{"mcpServers": {"My Server": {"url": "http://h"}, "": {"url": "http://i"}}}"#
    ])
    let run = await place.run("import", "o.json")
    #expect(run.output.contains("added: My Server  http://h\n"), "\(run.output)")
    #expect(run.output.contains("left out, nothing can name it"), "\(run.output)")
    #expect(await place.run("show", "My Server").output.contains("http://h"))
    for name in ["", " ", "a "] {
      let run = await place.run("add", name, "http://h")
      #expect(run.code == .usage && run.errors.contains("needs a name"), "\(run.errors)")
    }
  }

  @Test func `JSON is one document, secrets masked unless asked for`() async throws {
    let place = Place([
      ".codex/config.toml": codex, ".config/Claude/claude_desktop_config.json": desktop,
    ])
    let list = try JSON.parse(await place.run("list", "--json").output)
    let servers = try #require(list["servers"]?.array)
    #expect(servers.map { $0["name"]?.string } == ["alloy", "lumos"])
    #expect(servers[0]["headers"] == ["X-MCP-API-Key": "••••"])
    #expect(servers[0]["bridge"]?[5] == "X-MCP-API-Key: ••••")
    #expect(servers[1]["line"] == 1)
    let open = try JSON.parse(await place.run("show", "alloy", "--json", "--reveal").output)
    #expect(open["servers"]?[0]?["headers"] == ["X-MCP-API-Key": "k-17"])
    let added = try JSON.parse(await place.run("add", "x", "http://h", "--json").output)
    #expect(added["change"] == "added")
  }

  @Test func `servers of other clients are imported, a project's only when asked for`() async {
    let place = Place([
      ".codex/config.toml": codex, ".config/Claude/claude_desktop_config.json": desktop,
      "desk/.mcp.json": projectFile,
    ])
    let dry = await place.run("import", "--dry-run")
    #expect(dry.output.contains("added: lumos  https://api.lumos.com/mcp/user\n"))
    #expect(place.text(".config/alidade/servers.json") == nil)
    let run = await place.run("import")
    #expect(
      run.output == """
        added: alloy  https://mcp.alloy.app/mcp
        left out, the project's: p  x
        added: lumos  https://api.lumos.com/mcp/user

        """)
    #expect(
      place.text(".config/alidade/servers.json")?.contains("\"X-MCP-API-Key\": \"k-17\"") == true)
    #expect(await place.run("import", "--source", "codex").output.hasPrefix("unchanged: lumos"))
    #expect(await place.run("import", "--project", "--name", "p").output == "added: p  x\n")
    #expect(await place.run("import", ".mcp.json").output == "unchanged: p  x\n")
    #expect(await place.run("import", "--name", "nope").code == .usage)
  }

  @Test func `a broken file is told with its place`() async {
    let place = Place(["desk/bad.json": "{\"mcpServers\": {\n  \"a\": {,}}}"])
    let run = await place.run("import", "bad.json")
    #expect(run.code == .usage)
    #expect(run.errors.contains("~/desk/bad.json: error: line 2, column 9: expected a key"))
    place.write(".config/alidade/servers.json", "{")
    #expect(await place.run("list").code == .usage)
    #expect(await place.run("add", "a", "http://h").code == .usage)
    #expect(place.text(".config/alidade/servers.json") == "{")
  }

  @Test func `a project's references are named, not looked up`() async {
    let place = Place(["desk/.mcp.json": projectFile])
    let page = await place.run("show", "p").output
    #expect(page.contains("trust        the project's file: look at it before you run it\n"))
    #expect(page.hasSuffix("reference    ${SET} in env.K not looked up\n"))
  }

  @Test func `installing shows, writes, repeats and removes`() async {
    let place = Place([".cursor/mcp.json": "{\n  \"mcpServers\": {}\n}\n"])
    _ = await place.run("add", "a", "https://h/mcp", "-H", "X-API-Key: ${K}")
    let dry = await place.run("install", "a", "--target", "cursor", "--dry-run")
    #expect(dry.output.contains("+        \"X-API-Key\": \"${env:K}\"\n"))
    #expect(place.text(".cursor/mcp.json") == "{\n  \"mcpServers\": {}\n}\n")
    let run = await place.run("install", "a", "--target", "cursor")
    #expect(run.output.hasPrefix("added a in \(place.folder.path)/.cursor/mcp.json\n"))
    #expect(place.text(".cursor/mcp.json.bak") == "{\n  \"mcpServers\": {}\n}\n")
    #expect(await place.run("install", "a", "--target", "cursor").output.hasPrefix("unchanged a"))
    #expect(
      await place.run("install", "a", "--target", "cursor", "--remove").output.hasPrefix(
        "removed a"))
    #expect(place.text(".cursor/mcp.json") == "{\n  \"mcpServers\": {}\n}\n")
    #expect(await place.run("install", "b", "--target", "codex").code == .usage)
    #expect(await place.run("install", "a", "--target", "claude", "--project").code == .usage)
    _ = await place.run("add", "d", "demo:allv")
    let demo = await place.run("install", "d", "--target", "cursor", "--dry-run")
    #expect(demo.code == .usage && demo.errors.contains("-- alidade serve allv --stdio"))
  }

  @Test func `what a file says cannot move the cursor`() async {
    let place = Place([
      ".cursor/mcp.json": "{\"mcpServers\": {\"a\\u001b[2J\": {\"command\": \"x\\u202e\"}}}"
    ])
    let output = await place.run("list").output
    #expect(
      !output.unicodeScalars.contains("\u{1B}") && !output.unicodeScalars.contains("\u{202E}"))
  }
}

import Settings

/// A short name for a server that no file has named: the script that is run, or the host.
enum TargetName {
  private static let interpreters = [
    "python", "node", "npx", "uv", "uvx", "bun", "bunx", "deno", "ruby", "java", "sh", "bash",
    "env", "perl", "php", "docker", "npm", "pipx",
  ]

  static func of(_ definition: ServerDefinition) -> String? {
    if let url = definition.url { return host(url) }
    guard let command = definition.command else { return nil }
    let program = base(command)
    let isInterpreter = interpreters.contains { name in
      program.hasPrefix(name) && program.dropFirst(name.count).allSatisfy { !$0.isLetter }
    }
    guard isInterpreter else { return program }
    let words = definition.arguments.filter { !$0.hasPrefix("-") && $0 != "run" && $0 != "exec" }
    return words.first.map(base) ?? program
  }

  private static func base(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func host(_ url: String) -> String? {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let bare = rest.prefix { $0 != "?" && $0 != "#" }
    let place = bare.prefix { $0 != "/" }.split(separator: "@").last ?? ""
    let path = bare.drop { $0 != "/" }
    let name = place + (path == "/" || path == "/mcp" ? "" : path)
    return name.isEmpty ? nil : String(name)
  }
}

import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations
import SafeText

extension Command {
  static let info = Command(
    onLoop: CommandRow(
      "info", in: .servers, summary: "Show what was negotiated with a server, and why",
      positionals: [TargetRows.target], options: TargetRows.reaching, rest: TargetRows.command,
      examples: [
        .init("alidade info https://mcp.example.com/mcp", "Revision, transport, capabilities"),
        .init("alidade info --fresh --json -- python server.py", "Asked anew, for scripts"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      let facts = connection.facts
      if run.wantsJSON {
        run.context.output.document(facts.json)
      } else {
        for line in facts.lines { run.context.output.line(line) }
      }
      return .ok
    }
  }
}

extension ConnectionFacts {
  var json: JSON {
    [
      "target": .string(target), "transport": .string(transport),
      "insecure": .bool(isInsecure), "era": .string(era.rawValue),
      "protocolVersion": .string(version.rawValue), "serverInfo": server?.json ?? .null,
      "capabilities": capabilities, "instructions": instructions.map(JSON.string) ?? .null,
      "supportedVersions": .array(supportedVersions.map(JSON.string)),
      "negotiation": .array(evidence.map(JSON.string)),
      "openedInMilliseconds": .number(JSONNumber(openedIn.roundedMilliseconds)), "http": http,
    ]
  }

  var lines: [String] {
    let name = [server?.title, server?.name, server?.version].compactMap { $0 }
    var lines = [
      "server        \(safe(name.isEmpty ? "unnamed" : name.joined(separator: " ")))",
      "target        \(safe(target))",
      "transport     \(transport)\(isInsecure ? ", certificates not checked" : "")",
      "revision      \(version) (\(era.rawValue))",
      "opened in     \(openedIn.roundedMilliseconds) ms",
      "capabilities  \(safe(capabilityWords))",
    ]
    lines += ["negotiation"] + evidence.map { "  \(safe($0))" }
    if let instructions {
      lines +=
        ["instructions"]
        + SafeText(instructions, .block).text.split(separator: "\n").map { "  \($0)" }
    }
    return lines
  }

  /// `tools (listChanged), logging`.
  private var capabilityWords: String {
    let words = (capabilities.object?.members ?? []).map { member in
      let flags = (member.value.object?.members ?? []).filter { $0.value == true }.map(\.key)
      return flags.isEmpty ? member.key : "\(member.key) (\(flags.joined(separator: ", ")))"
    }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  private func safe(_ text: String) -> String { SafeText(text).text }
}

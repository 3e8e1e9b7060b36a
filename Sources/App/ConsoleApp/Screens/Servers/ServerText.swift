import JSON
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

/// Everything that is known of one server, as text.
struct ServerText {
  private let row: ServerRow
  private let link: Link?
  private let now: Int64
  private let signs: SignSet

  init(_ row: ServerRow, _ state: ConsoleState) {
    self.row = row
    link = state.link(of: row)
    now = state.time.steady
    signs = state.signs
  }

  var text: TextView {
    let name = signs.safe(row.name, limit: 500)
    var lines = Lines(signs: signs)
    lines.title(name.text)
    if let link { standing(link, &lines) }
    lines.add("via", row.transport == .file ? "" : row.transport.rawValue)
    lines.add(row.transport == .stdio ? "command" : "url", Redaction.text(row.target))
    for fact in row.facts { lines.add(fact.label, fact.text) }
    lines.add("from", row.source)
    lines.add("file", row.path)
    let isOff = !row.isEnabled && row.transport != .file
    lines.add("config", isOff ? "switched off in its file" : "", .stateOff)
    if name.hasHidden {
      lines.add("name", "holds \(name.findings.count) hidden characters", .badgeHidden)
    }
    for finding in row.findings { lines.add("check", finding, .stateWarn) }
    if let link { said(link, &lines) }
    if row.transport != .file {
      lines.gap()
      lines.plain("In the shell:", .dim)
      lines.plain(signs.safe("alidade list tools \(row.shellTarget)", limit: 1000).text, .key)
    }
    return lines.text
  }

  private func standing(_ link: Link, _ lines: inout Lines) {
    let summary = LinkSummary(link, now: now)
    lines.add("state", summary.word, summary.role)
    switch link.phase {
    case .failed(let failure):
      lines.add("why", failure.sentence, .error)
      lines.add("try", failure.hint ?? "")
    case .closed(let sentence): lines.add("why", sentence, .stateWarn)
    default: break
    }
    guard let facts = link.facts else { return }
    let server = facts.server.map { "\($0.displayName) \($0.version)" } ?? ""
    lines.add("server", server)
    lines.add("speaks", "\(facts.version.rawValue) (\(facts.era))")
    lines.add("opened", "in \(facts.openedIn.wholeMilliseconds) ms")
    lines.add("memory", link.residentBytes.map { "\($0 >> 20) MB" } ?? "")
    let offers = facts.capabilities.object?.keys.joined(separator: ", ") ?? ""
    lines.add("offers", offers)
    lines.add("tls", facts.isInsecure ? "certificates are not checked" : "", .stateWarn)
    if let error = link.lastError { lines.add("last error", error, .error) }
  }

  private func said(_ link: Link, _ lines: inout Lines) {
    if let instructions = link.facts?.instructions {
      lines.gap()
      lines.plain("Instructions", .title)
      lines.block(instructions)
    }
    let evidence = link.facts?.evidence ?? []
    if !evidence.isEmpty {
      lines.gap()
      lines.plain("Negotiation", .title)
      for line in evidence { lines.plain(signs.safe(line, limit: 500).text, .dim) }
    }
    guard !link.stderr.isEmpty else { return }
    lines.gap()
    lines.plain("Standard error", .title)
    for line in link.stderr.suffix(20) { lines.plain(signs.safe(line, limit: 500).text, .dim) }
  }
}

extension Duration {
  var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

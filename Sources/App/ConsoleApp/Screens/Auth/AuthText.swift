import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

/// All that is known of signing in to one server: the steps, the page, the claims, the scopes.
struct AuthText {
  private let row: ServerRow
  private let state: ConsoleState

  init(_ row: ServerRow, _ state: ConsoleState) {
    self.row = row
    self.state = state
  }

  static func of(_ state: ConsoleState) -> TextView {
    state.authServer.map { AuthText($0, state).text }
      ?? TextView([.init("the server is not in the list any more", .stateWarn)])
  }

  static func forwarding(_ port: UInt16) -> String {
    "ssh -L \(port):127.0.0.1:\(port) THIS-MACHINE"
  }

  var text: TextView {
    var lines = Lines(signs: state.signs)
    lines.title(state.signs.safe(row.name, limit: 200).text)
    let standing = AuthScreen.standing(row, state)
    lines.add("state", standing.text, standing.style.role)
    lines.add("server", Redaction.text(row.target))
    if let progress = state.auth.progress[row.key] { tell(progress, &lines) }
    if let facts = AuthScreen.facts(row, state) { tell(facts, &lines) }
    tellScopes(&lines)
    return lines.text
  }

  // MARK: - The sign-in that runs

  private func tell(_ progress: AuthState.Progress, _ lines: inout Lines) {
    switch progress.phase {
    case .rest: break
    case .running(let since):
      let cancel = state.key(of: "authServer.cancel")
      lines.add(
        "running", "for \((state.time.steady - since) / 1000) s; \(cancel) cancels", .stateRun)
    case .done(let sentence): lines.add("done", sentence, .stateOK)
    case .failed(let sentence, let hint):
      lines.add("failed", sentence, .error)
      lines.add("try", hint ?? "")
    }
    if let page = progress.page { tell(page, &lines) }
    guard !progress.steps.isEmpty else { return }
    lines.gap()
    lines.plain("Steps", .title)
    for (index, step) in progress.steps.enumerated() { lines.add("\(index + 1)", step) }
  }

  private func tell(_ page: SignInPage, _ lines: inout Lines) {
    lines.gap()
    lines.plain(
      "Open this page in a browser (\(state.key(of: "copy.open")) copies it, \(state.key(of: "authServer.page")) opens it):",
      .title)
    lines.plain(state.signs.safe(page.address, limit: 8000).text, .link)
    if let code = page.userCode { lines.add("code", code, .key) }
    if let port = page.port {
      lines.plain("Is the browser on another machine? There:", .dim)
      lines.plain(Self.forwarding(port), .key)
      lines.plain(
        "or \(state.key(of: "authServer.paste")) takes the address that it ends at.", .dim)
    }
  }

  // MARK: - What is kept

  private func tell(_ facts: SignInFacts, _ lines: inout Lines) {
    lines.gap()
    lines.plain("Sign-in", .title)
    lines.add("issuer", facts.issuer)
    lines.add("client", "\(facts.client) (\(facts.clientSource))")
    lines.add("grant", facts.kind)
    lines.add("resource", facts.resource ?? "")
    let expiry = AuthScreen.expiry(facts, state)
    lines.add("expires", expiry.text, expiry.style.role)
    lines.add("renewable", facts.isRenewable ? "yes" : "no")
    lines.add("asked for", facts.requested?.joined(separator: " ") ?? "")
    lines.add("granted", facts.granted?.joined(separator: " ") ?? "", .scopeGranted)
    for term in facts.terms { lines.add("settled", term, .stateWarn) }
    for warning in facts.warnings { lines.add("check", warning, .stateWarn) }
    guard let claims = facts.claims else { return }
    lines.gap()
    lines.plain("Claims, their signature not checked", .title)
    lines.block(claims.pretty)
  }

  // MARK: - Scopes

  private func tellScopes(_ lines: inout Lines) {
    if let problem = state.auth.matrixFailures[row.key], state.auth.grids[row.key] == nil {
      lines.gap()
      lines.add("scopes", problem, .stateWarn)
    }
    guard let matrix = state.auth.grids[row.key]?.matrix else { return }
    if !matrix.scopes.isEmpty {
      lines.gap()
      lines.plain("Scopes: what is asked for, what is granted, and where it is known from", .title)
    }
    for scope in matrix.scopes {
      lines.add(
        scope.scope,
        "\(word(scope.isGranted))\(scope.isRequested ? ", asked for" : "")  [\(sources(scope.sources))]",
        role(scope.isGranted))
    }
    lines.gap()
    lines.plain("Tools", .title)
    for row in matrix.rows {
      let name = row.tool ?? "every call"
      guard !row.needs.isEmpty else {
        lines.add(name, "nothing says what it needs", .dim)
        continue
      }
      for cell in row.needs {
        lines.add(
          name, "\(cell.scope) \(word(cell.isGranted))  [\(sources(cell.sources))]",
          role(cell.isGranted))
      }
    }
    for gap in matrix.gaps { lines.add("gap", gap, .stateWarn) }
  }

  private func word(_ isGranted: Bool?) -> String {
    isGranted.map { $0 ? "granted" : "missing" } ?? "unknown"
  }

  private func role(_ isGranted: Bool?) -> Role {
    isGranted.map { $0 ? .scopeGranted : .scopeMissing } ?? .scopeUnused
  }

  private func sources(_ sources: [ScopeMatrix.Source]) -> String {
    sources.map(\.rawValue).joined(separator: ", ")
  }
}

import JSON
import Operations
import SafeText
import Settings
import TerminalCore
import Widgets

extension ScreenID {
  static let auth = ScreenID("auth")
  static let authServer = ScreenID("authServer")
}

extension ConsoleCommand.Scope {
  static let auth = Self(rawValue: "auth")
  static let authServer = Self(rawValue: "authServer")
}

extension ScreenRow {
  /// Who is signed in where, until when, and what for.
  static let auth = ScreenRow(
    id: .auth, title: "Auth", digit: "8", crumbs: { _, _ in ["auth"] }, list: AuthScreen.source,
    copies: AuthScreen.copies,
    opened: { state, _ in [.operate(.auth(.list)), .startTimer(.office, milliseconds: 1000)] },
    refresh: { state, _ in [.operate(.auth(.list))] }, commands: AuthCommands.rows(.auth),
    draw: { state, _, canvas in
      ListScreenView(
        title: "Auth", empty: TextView([.init("No server is known yet.", .title)]),
        remark: state.auth.failure == nil ? [] : [Span("FAILED", .stateError)]
      ).draw(state, AuthScreen.source, on: &canvas)
    })

  /// One server's sign-in over the whole frame: its steps as they come, its claims, its scopes.
  static let authServer = ScreenRow(
    id: .authServer, title: "One sign-in",
    crumbs: { state, screen in [state.servers.row(screen.subject)?.name ?? ""] },
    scopes: { _, _ in [.authServer, .detail] }, text: { state, _ in AuthText.of(state) },
    copies: AuthScreen.copies,
    opened: { state, _ in
      [.operate(.auth(.list)), .startTimer(.office, milliseconds: 1000)] + state.loadScopes()
    },
    refresh: { state, _ in [.operate(.auth(.list))] + state.loadScopes() },
    commands: AuthCommands.rows(.authServer),
    draw: { state, _, canvas in
      DetailScreenView(title: "Sign-in", text: AuthText.of(state)).draw(state, on: &canvas)
    })
}

extension ConsoleState {
  /// The server under the cursor, or the one whose own view is open.
  var authServer: ServerRow? {
    if [.authServer, .scopeGrid].contains(screen.id) { return servers.row(screen.subject) }
    guard screen.id == .auth, let index = list.current, servers.rows.indices.contains(index) else {
      return nil
    }
    return servers.rows[index]
  }

  func loadScopes() -> [Effect] {
    guard let row = authServer, let definition = row.definition else { return [] }
    return [.operate(.auth(.scopes(row.key, definition)))]
  }

  mutating func take(_ news: AuthNews) -> [Effect] {
    auth.revision += 1
    switch news {
    case .list(let all):
      (auth.signIns, auth.askedAt, auth.failure, auth.isHere) = (all, time.wall, nil, true)
    case .listFailed(let sentence):
      auth.failure = sentence
      failTour(sentence)
    case .step(let key, let step):
      auth.progress[key, default: .init()].steps.append(step.line)
      note(.info, "sign-in", step.line)
      return goneOnTour()
    case .page(let key, let page):
      auth.progress[key, default: .init()].page = page
      return say(.warning, "open the page that is shown; \(self.key(of: "copy.open")) copies it")
    case .done(let key, let sentence):
      auth.progress[key, default: .init()].phase = .done(sentence)
      auth.progress[key]?.page = nil
      return say(.info, sentence) + [.operate(.auth(.list))] + renewLink(key)
    case .failed(let key, let failure):
      auth.progress[key, default: .init()].phase = .failed(failure.sentence, hint: failure.hint)
      auth.progress[key]?.page = nil
      failTour(failure.sentence)
      return say(.error, failure.sentence) + [.operate(.auth(.list))]
    case .scopes(let key, let matrix): auth.grids[key] = ScopeGrid(matrix)
    case .scopesFailed(let key, let failure):
      auth.matrixFailures[key] = failure.sentence
      failTour(failure.sentence)
    }
    return []
  }

  /// A connection goes on with the sign-in that was made for it.
  private mutating func renewLink(_ key: String) -> [Effect] {
    guard auth.progress[key]?.reconnects == true, let row = servers.row(key),
      let link = link(of: row)
    else { return [] }
    let current = currentLink
    defer { currentLink = current }
    return reconnect(link.id) + loadScopes()
  }

  /// Signs in for what a person has typed.
  mutating func signIn(for scopes: String) -> [Effect] {
    guard let row = authServer, let definition = row.definition else { return [] }
    let wanted = scopes.split(separator: " ").joined(separator: " ")
    return begin(
      .signIn(row.key, definition, scopes: wanted.isEmpty ? nil : wanted), of: row.key)
  }

  /// What the sign-in has, and what is known to be missing.
  var scopesToAskFor: String {
    guard let row = authServer else { return "" }
    let granted = AuthScreen.facts(row, self)?.granted ?? []
    let known = auth.grids[row.key]?.matrix.scopes.map(\.scope) ?? []
    return (granted + known.filter { !granted.contains($0) }).joined(separator: " ")
  }

  /// Begins something that is told step by step.
  mutating func begin(_ wish: AuthWish, of key: String) -> [Effect] {
    auth.progress[key] = .init(phase: .running(since: time.steady))
    if case .signIn = wish { auth.progress[key]?.reconnects = true }
    auth.revision += 1
    let isBeside = [.auth, .scopeGrid].contains(screen.id)
    let opened = isBeside ? enter(Screen(.authServer, subject: key)) : []
    return opened + [.operate(.auth(wish))]
  }
}

enum AuthScreen {
  static let source = ListSource(
    count: { state, _ in state.servers.rows.count },
    key: { state, _, index in state.servers.rows[index].key },
    fields: { state, _, index in
      let row = state.servers.rows[index]
      return [row.name, row.target, standing(row, state).text]
    },
    revision: { state, _ in state.servers.revision &* 31 &+ state.auth.revision }, table: table,
    cells: { state, _, index, signs in
      let row = state.servers.rows[index]
      let facts = facts(row, state)
      return [
        Span(signs.safe(row.name, limit: 200).text), standing(row, state),
        facts.map { expiry($0, state) } ?? Span(""),
        Span(facts?.granted?.joined(separator: " ") ?? "", .scopeGranted),
        Span(signs.safe(facts?.issuer ?? "", limit: 200).text, .dim),
      ]
    },
    detail: { state, _, index in AuthText(state.servers.rows[index], state).text })

  private static let table = Table([
    .init("server", width: 12, growth: 2, rank: 0),
    .init("state", width: 14, rank: 0),
    .init("expires", width: 9, rank: 1),
    .init("granted", width: 12, growth: 1, rank: 2),
    .init("issuer", width: 16, growth: 1, rank: 3),
  ])

  static func facts(_ row: ServerRow, _ state: ConsoleState) -> SignInFacts? {
    row.definition?.url.flatMap { state.auth.signIn(at: $0) }
  }

  static func standing(_ row: ServerRow, _ state: ConsoleState) -> Span {
    switch state.auth.progress[row.key]?.phase {
    case .running: return Span("signing in", .stateRun)
    case .failed: return Span("failed", .stateError)
    default: break
    }
    if let facts = facts(row, state) {
      let left = left(facts, state)
      if let left, left <= 0, !facts.isRenewable { return Span("expired", .stateError) }
      return Span("signed in", .stateOK)
    }
    if row.definition?.headers.contains(where: { $0.name.lowercased() == "authorization" }) == true
    {
      return Span("header", .stateOK)
    }
    return Span(row.definition?.url == nil ? "no network" : "no sign-in", .stateOff)
  }

  /// Seconds that the token still has.
  static func left(_ facts: SignInFacts, _ state: ConsoleState) -> Int64? {
    facts.secondsLeft.map { $0 - (state.time.wall - state.auth.askedAt) / 1000 }
  }

  static func expiry(_ facts: SignInFacts, _ state: ConsoleState) -> Span {
    guard let left = left(facts, state) else { return Span("unknown", .dim) }
    if left <= 0 { return Span(facts.isRenewable ? "renews" : "expired", .stateWarn) }
    let words =
      left < 60
      ? "\(left) s"
      : left < 3600
        ? "\(left / 60) min \(left % 60) s"
        : left < 172_800 ? "\(left / 3600) h" : "\(left / 86_400) d"
    return Span(words, left < 60 ? .stateWarn : .text)
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let row = state.authServer else { return [] }
    var items: [CopyMenu.Item] = []
    if let page = state.auth.progress[row.key]?.page {
      items.append(.init("y", "the page to open", page.address))
      if let port = page.port {
        items.append(.init("s", "the ssh line", AuthText.forwarding(port)))
      }
      if let code = page.userCode { items.append(.init("d", "the code to type", code)) }
    }
    items.append(.init("c", "as a command", "alidade auth login \(row.shellTarget)"))
    return items
  }
}

import EventLoop
import JSON
import Settings
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private let rows: [ServerRow] = ["lumos", "alumia"].map { name in
  var definition = ServerDefinition(
    name: name, transport: .http, origin: Origin(trust: .user, source: "alidade"))
  definition.url = "https://\(name).example.test/mcp"
  var row = ServerRow(
    name: name, transport: .http, target: "https://\(name).example.test/mcp", source: "alidade",
    path: "~/servers.json")
  row.definition = definition
  return row
}

private func auth(_ width: Int = 80, _ height: Int = 24, keys: String = "8") -> ConsoleState {
  var state = Sample.state(width, height, rows: rows)
  _ = Sample.press(keys, &state)
  _ = Reducer.reduce(&state, .timerFired(.status))
  return state
}

private func tell(_ news: AuthNews, _ state: inout ConsoleState) -> [Effect] {
  Reducer.reduce(&state, .operated(.auth(news)))
}

private func text(_ state: ConsoleState) -> String { ScreenText.shown(ConsoleView.draw(state)) }

private let page = SignInPage(
  address: "https://login.example.test/authorize?client_id=c", port: 4711, userCode: nil)

private var matrix: ScopeMatrix {
  var matrix = ScopeMatrix(
    granted: ["read"], from: .claims, requested: ["read"], named: ["read", "write"])
  matrix.add(["read"], to: "search_apps", from: .descriptor)
  matrix.add(["write"], to: "submit_access_request", from: .refusal)
  return matrix
}

struct AuthScreenTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the sign-ins at every size`(width: Int, height: Int) {
    checkScreen(auth(width, height), "auth-\(width)x\(height)")
    var state = auth(width, height, keys: "8 i")
    let key = rows[0].key
    for line in ["GET /mcp: 401", "issuer https://login.example.test"] {
      _ = tell(.step(key, SignInStep(line: line, lines: [line], json: [:])), &state)
    }
    _ = tell(.page(key, page), &state)
    _ = tell(.scopes(key, matrix), &state)
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkScreen(state, "auth-stepper-\(width)x\(height)")
  }

  @Test func `a sign-in shows its steps and its page, takes what is pasted, and is cancelled`() {
    var state = auth()
    var effects = Sample.press("i", &state)
    guard let definition = rows[0].definition else { return }
    let key = rows[0].key
    #expect(effects.contains(.operate(.auth(.signIn(key, definition, scopes: nil)))))
    #expect(state.screen.id == .authServer)
    _ = tell(.page(key, page), &state)
    #expect(text(state).contains("ssh -L 4711:127.0.0.1:4711"))
    #expect(Sample.press("y y", &state).contains(.copy(page.address)))
    #expect(Sample.press("y s", &state).contains(.copy("ssh -L 4711:127.0.0.1:4711 THIS-MACHINE")))
    effects = Sample.press("e http://127.0.0.1/cb?code=1 Enter", &state)
    #expect(effects.contains(.operate(.auth(.paste("http://127.0.0.1/cb?code=1")))))
    effects = Sample.press("x", &state)
    #expect(effects.contains(.operate(.auth(.cancel))))
    let failure = OperationFailure(
      .unauthorized, layer: "auth", "the sign-in was cancelled", hint: "sign in again")
    _ = tell(.failed(key, failure), &state)
    #expect(
      text(state).contains("the sign-in was cancelled") && text(state).contains("sign in again"))
    Sample.press("x", &state)
    #expect(state.status?.text.contains("no sign-in runs") == true)
  }

  @Test func `cells of the matrix say whether a scope is granted and where that is known from`() {
    var state = auth(keys: "8 Enter")
    _ = tell(.scopes(rows[0].key, matrix), &state)
    let shown = text(state)
    #expect(shown.contains("search_apps") && shown.contains("read granted  [descriptor]"))
    #expect(shown.contains("write missing  [403]"))
    _ = tell(
      .scopesFailed(
        rows[1].key, OperationFailure(.unreachable, layer: "tcp", "nobody is there")), &state)
    Sample.press("q j Enter", &state)
    #expect(text(state).contains("nobody is there"))
  }

  @Test func `the scopes of tools are a grid whose cells say where they are known from`() {
    var state = auth(keys: "8 t")
    #expect(state.screen.id == .scopeGrid)
    #expect(text(state).contains("are being asked"))
    _ = tell(.scopes(rows[0].key, matrix), &state)
    _ = Reducer.reduce(&state, .timerFired(.status))
    #expect(text(state).contains("(granted)            [● qtp]"))
    #expect(text(state).contains("read is granted; known from what the sign-in asked for"))
    Sample.press("l G", &state)
    #expect(
      text(state).contains(
        "submit_access_request needs write, which is missing; known from a call that "))
    checkSizes(state, "scope-grid")
    Sample.press("g . Enter", &state)
    #expect(state.status?.text.hasPrefix("submit_access_request needs write") == true)
    Sample.press("l l l k", &state)
    #expect(text(state).contains("nothing says that search_apps needs write"))
    Sample.press("h h h", &state)
    #expect(text(state).contains("search_apps needs read, which is granted"))
    let csv = ScreenRow.scopeGrid.exports(state, state.screen).last.map {
      String(decoding: $0.bytes(), as: UTF8.self)
    }
    #expect(csv?.contains("submit_access_request,not needed,missing [403]\r\n") == true)
    Sample.press("/ sear Enter", &state)
    #expect(state.list.shown == [1])
    let failure = OperationFailure(.unreachable, layer: "tcp", "nobody is there")
    Sample.press("Esc Esc j t", &state)
    _ = tell(.scopesFailed(rows[1].key, failure), &state)
    #expect(text(state).contains("nobody is there"))
  }

  @Test func `a grid of many scopes with long and hostile names keeps the chosen one in view`() {
    var matrix = ScopeMatrix(granted: nil, from: nil, requested: [], named: nil)
    for number in 1...40 {
      matrix.add(
        ["server:area\(number):日本\u{202E}write"], to: "tool-\(number)\u{1B}[2J", from: .meta)
    }
    var state = auth(keys: "8 t")
    _ = tell(.scopes(rows[0].key, matrix), &state)
    for (width, height) in [(40, 8), (60, 12), (80, 24), (200, 50)] {
      _ = Reducer.reduce(&state, .resized(Size(width: width, height: height)))
      Sample.press("l l l l l l G k", &state)
      let shown = text(state)
      #expect(shown.contains("["), "\(width)")
      #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }
    #expect(state.scopeColumn == 24)
  }

  @Test func `what needs a sign-in says so`() {
    var state = auth()
    for key in ["r", "X", "d"] {
      Sample.press(key, &state)
      #expect(state.status?.text.contains("nobody is signed in there") == true, "\(key)")
    }
    _ = tell(.listFailed("the folder cannot be read"), &state)
    #expect(text(state).contains("FAILED"))
  }
}

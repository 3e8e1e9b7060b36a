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

import Authorization
import EventLoop
import JSON
import Settings
import TerminalCore
import Testing

@testable import AuthorizationServer
@testable import ConsoleApp
@testable import Keys
@testable import MockBackend
@testable import Operations

private func moment(_ minutes: Int) -> WallTime {
  WallTime(microseconds: 1_785_229_500_000_000 + Int64(minutes) * 60_000_000)
}

private let approvals = [
  Approval(
    id: "apr_1", system: "allv", member: "ann@x.test", tool: "agent.run",
    summary: "run the weekly report", arguments: ["agent": "reports"], askedAt: moment(0),
    state: .pending, decidedBy: nil, note: nil),
  Approval(
    id: "apr_2", system: "allv", member: "evil\u{1B}[2J", tool: "agent.update_memory",
    summary: "write\u{202E}", arguments: ["key": "k"], askedAt: moment(1), state: .rejected,
    decidedBy: "bo", note: "not today"),
]

private let keys = [
  APIKey(
    id: "x7Kd93hQ2a", system: "alumia", name: "ci", prefix: "alm_live_x7Kd93hQ2a",
    scopes: ["read", "write"], projects: [], createdAt: moment(0), createdBy: "ann",
    expiresAt: moment(60 * 24 * 90), revokedAt: nil, rotatedTo: nil),
  APIKey(
    id: "old", system: "allv", name: "bot", prefix: "sk_live_old", scopes: ["read"],
    projects: ["p1"], createdAt: moment(0), createdBy: "bo", expiresAt: nil,
    revokedAt: moment(-60), rotatedTo: nil),
]

private let consents = [
  StoredConsent(
    id: "4kXq", system: "lumos", person: "ann", client: "c1", clientName: "Claude",
    scopes: Scopes(text: "lumos:user:read lumos:user:write"), givenAt: moment(0))
]

private let faults = ["backend-down", "slow"].flatMap { id in
  ["alumia", "allv"].map { system in
    FaultSwitch(
      system: system, id: id, title: "what is seen of \(id)", place: "backend",
      isOn: id == "slow" && system == "allv", isElsewhere: system == "allv")
  }
}

/// A window that shows one of the operator's views with what it holds.
private func shown(
  _ id: ScreenID, _ news: OfficeNews, _ width: Int = 80, _ height: Int = 24, keys: String = ""
) -> ConsoleState {
  var state = Sample.connected(width, height)
  state.time.wall = moment(5).microseconds / 1000
  state.goRoot(id)
  _ = Reducer.reduce(&state, .operated(.office(news)))
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

private let views: [(id: ScreenID, news: OfficeNews)] = [
  (.approvals, .approvals(approvals)), (.keys, .keys(keys)), (.consents, .consents(consents)),
  (.faults, .faults(faults)),
]

private func text(_ state: ConsoleState) -> String { ScreenText.shown(ConsoleView.draw(state)) }

private func wishes(_ effects: [Effect]) -> [OfficeWish] {
  effects.compactMap { if case .operate(.office(let wish)) = $0 { wish } else { nil } }
}

struct OperatorTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the operator's lists at every size`(width: Int, height: Int) {
    for view in views {
      let state = shown(view.id, view.news, width, height)
      checkScreen(state, "\(view.id.rawValue)-\(width)x\(height)")
      #expect(!text(state).contains("\u{1B}"))
    }
  }

  @Test func `one key leads to every view that no digit opens`() {
    var state = Sample.connected(80, 24, keys: "O")
    checkSizes(state, "operate")
    let effects = Sample.press("appr Enter", &state)
    #expect(state.screen.id == .approvals && wishes(effects) == [.approvals])
    #expect(effects.contains(.startTimer(.office, milliseconds: 1000)))
    let again = Reducer.reduce(&state, .timerFired(.office))
    #expect(wishes(again) == [.approvals])
    Sample.press("1", &state)
    #expect(Reducer.reduce(&state, .timerFired(.office)).isEmpty)
  }

  @Test func `a call that waits is told, and approved or rejected with a reason`() {
    var state = shown(.approvals, .approvals([approvals[1]]))
    _ = Reducer.reduce(&state, .operated(.office(.approvals(approvals))))
    #expect(state.status?.text == "apr_1 waits: run the weekly report")
    Sample.press("g", &state)
    var effects = Sample.press("E as Space agreed Enter", &state)
    #expect(wishes(effects) == [.decide(id: "apr_1", isApproved: true, reason: "as agreed")])
    effects = Sample.press("X no Enter", &state)
    #expect(wishes(effects) == [.decide(id: "apr_1", isApproved: false, reason: "no")])
    Sample.press("G E", &state)
    #expect(state.overlay == nil && state.status?.text.contains("rejected already") == true)
    _ = Reducer.reduce(
      &state,
      .operated(.refused(.approvals, OfficeRefusal("approvals.db: database is locked"))))
    #expect(text(state).contains("FAILED"))
  }

  @Test func `a key is made after its name was typed again, shown once, and forgotten`() {
    var state = shown(.keys, .keys(keys), keys: "A alumia Space ci2 Space read Space 90d Enter")
    #expect(text(state).contains("Type ci2"))
    var effects = Sample.press("Enter", &state)
    #expect(wishes(effects).isEmpty)
    effects = Sample.press("ci2 Enter", &state)
    guard case .mint(let wish)? = wishes(effects).first else {
      Issue.record("\(effects)")
      return
    }
    #expect(wish.scopes == ["read"] && wish.life == 90 * 86_400 && wish.name == "ci2")
    let minted = MintedText(text: "alm_live_SECRET", name: "ci2", prefix: "alm_live_S")
    _ = Reducer.reduce(&state, .operated(.office(.minted(minted))))
    #expect(text(state).contains("alm_live_SECRET"))
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkSizes(state, "minted-key")
    effects = Sample.press("y y", &state)
    #expect(effects.contains(.copy("alm_live_SECRET")))
    Sample.press("Enter", &state)
    #expect(state.screen.id == .keys && state.office.minted == nil)
    #expect(!text(state).contains("SECRET"))
  }

  @Test func `keys are ended and rotated by their name, and odd wishes are told`() {
    var state = shown(.keys, .keys(keys))
    #expect(wishes(Sample.press("X ci Enter", &state)) == [.revokeKey(id: "x7Kd93hQ2a")])
    #expect(wishes(Sample.press("T ci Enter", &state)) == [.rotateKey(id: "x7Kd93hQ2a")])
    Sample.press("j X", &state)
    #expect(state.status?.text.contains("it is revoked") == true)
    for words in ["alumia", "nothing Space x", "alumia Space x Space fly"] {
      Sample.press("A \(words) Enter", &state)
      #expect(state.overlay == nil && state.status?.level == .warning, "\(words)")
    }
  }

  @Test func `a consent is taken back and a fault is switched`() {
    var state = shown(.consents, .consents(consents), keys: "X")
    #expect(text(state).contains("also those of calls that run"))
    #expect(wishes(Sample.press("Enter", &state)) == [.revokeConsent(id: "4kXq")])
    state = shown(.faults, .faults(faults))
    #expect(wishes(Sample.press("Enter", &state)) == [.setFault(faults[0], to: true)])
    #expect(wishes(Sample.press("C", &state)) == [.setFault(faults[3], to: false)])
  }

  @Test func `every view says what to do where it is empty or cannot be read`() {
    for (id, news) in [
      (ScreenID.approvals, OfficeNews.approvals([])), (.keys, .keys([])),
      (.consents, .consents([])), (.faults, .faults([])),
    ] {
      var state = shown(id, news)
      checkSizes(state, "\(id.rawValue)-empty")
      guard let wish = OfficeWish.list(of: id) else { continue }
      _ = Reducer.reduce(
        &state, .operated(.refused(wish, OfficeRefusal("the database is locked"))))
      #expect(text(state).contains("the database is locked"))
    }
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `all servers at a glance`(width: Int, height: Int) {
    var state = Sample.connected(width, height)
    for number in 1...6 {
      state.time.wall = 1000 * Int64(number) * 20
      guard let (id, _) = state.begin(1, .tool("search_files", arguments: [:], schema: nil)) else {
        continue
      }
      let answer: JSON = number == 3 ? ["isError": true, "content": []] : ["content": []]
      _ = Reducer.reduce(&state, .call(id, .answered(Sample.answer(answer))))
    }
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .weighed(42 << 20)))
    state.goRoot(.dashboard)
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkScreen(state, "dashboard-\(width)x\(height)")
    Sample.press("/ prod Enter", &state)
    #expect(state.list.shown.count == 1)
  }
}

import JSON
import Settings
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Diagnostics
@testable import Operations

private let findings: [Finding] = [
  Finding(.ok, "config-ok", check: "config", "nothing is wrong with what its file says"),
  Finding(
    .error, "tcp-refused", check: "tcp", "127.0.0.1:9 refuses the connection",
    evidence: [
      .init("url", "POST http://127.0.0.1:9/mcp"), .init("body", "evil\u{1B}[2J\u{202E}"),
    ], fix: "start the server, or correct the port", kind: .unreachable),
  Finding(.skipped, "call-skipped", check: "call", "an earlier check failed"),
]

private let review: [Finding] = [
  Finding(
    .warning, "description-missing", check: "descriptions", "no_schema has no description",
    fix: "say what it does"),
  Finding(.ok, "names-ok", check: "names", "names are well formed"),
]

/// A window that was sent to the doctor with the server under the cursor.
private func examining(
  _ width: Int = 80, _ height: Int = 24, _ told: [Finding] = findings, isDone: Bool = true,
  keys: String = ""
) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "1 9")
  for finding in told { tell(.finding(number: state.doctor.number, finding), &state) }
  if isDone {
    let bundle = DiagnosisBundle(
      json: ["alidade": "1.0", "report": ["healthy": false]],
      contents: ["3 findings with their evidence"])
    tell(.ended(number: state.doctor.number, bundle), &state)
  }
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

@discardableResult
private func tell(_ news: DiagnosisNews, _ state: inout ConsoleState) -> [Effect] {
  Reducer.reduce(&state, .operated(.diagnosis(news)))
}

private func wishes(_ effects: [Effect]) -> [DiagnosisWish] {
  effects.compactMap { if case .operate(.diagnosis(let wish)) = $0 { wish } else { nil } }
}

private func text(_ state: ConsoleState) -> String { ScreenText.shown(ConsoleView.draw(state)) }

struct DoctorScreenTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the doctor at every size`(width: Int, height: Int) {
    checkScreen(examining(width, height, keys: "."), "doctor-\(width)x\(height)")
    checkScreen(examining(width, height, keys: ". Enter"), "finding-\(width)x\(height)")
  }

  @Test func `its other views`() {
    checkSizes(examining(isDone: false), "doctor-running")
    checkSizes(examining(keys: "b"), "bundle")
    var state = examining(keys: "]")
    for finding in review { tell(.finding(number: state.doctor.number, finding), &state) }
    tell(.ended(number: state.doctor.number, nil), &state)
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkSizes(state, "review")
    checkSizes(Sample.state(80, 24, rows: [], keys: "9"), "doctor-empty")
  }

  @Test func `the server of the view before is examined at once, and once`() {
    var state = Sample.connected(80, 24, keys: "1 j")
    let effects = Sample.press("9", &state)
    guard case .examine(let subject, only: nil, number: let number)? = wishes(effects).first else {
      Issue.record("\(effects)")
      return
    }
    #expect(subject.name == "prod" && number == state.doctor.number)
    tell(.ended(number: number, nil), &state)
    #expect(wishes(Sample.press("1 9", &state)).isEmpty)
    #expect(wishes(Sample.press("1 k 9", &state)).count == 1)
    #expect(state.doctor.subject?.name == "demo")
    #expect(wishes(Sample.press("o prod Enter", &state)).count == 1)
    #expect(state.doctor.subject?.name == "prod")
  }

  @Test func `rows come one after the other, and of an older examination none`() {
    var state = examining(120, 40, isDone: false)
    #expect(text(state).contains("RUNNING") && text(state).contains("127.0.0.1:9"))
    let rows = state.doctor.rows
    #expect(rows.count == Check.all.count && rows.filter { $0.finding != nil }.count == 3)
    tell(.finding(number: state.doctor.number - 1, findings[0]), &state)
    #expect(state.doctor.rows == rows)
    #expect(wishes(Sample.press("x", &state)) == [.stop])
    tell(.finding(number: state.doctor.number - 1, findings[0]), &state)
    #expect(state.doctor.rows == rows && text(state).contains("STOPPED"))
  }

  @Test func `one link is looked at again, and only its row changes`() {
    var state = examining(keys: ".")
    let effects = Sample.press("r", &state)
    guard case .examine(_, only: "tcp", let number)? = wishes(effects).first else {
      Issue.record("\(effects)")
      return
    }
    #expect(state.doctor.chain.findings.map(\.check) == ["config", "call"])
    let better = Finding(.ok, "tcp-ok", check: "tcp", "it is open")
    tell(.finding(number: number, better), &state)
    tell(.ended(number: number, nil), &state)
    #expect(state.doctor.chain.findings.count == 3 && text(state).contains("it is open"))
    #expect(state.doctor.bundle != nil)
    #expect(wishes(Sample.press("R", &state)).count == 1 && state.doctor.bundle == nil)
  }

  @Test func `report and bundle are written, foreign text made safe`() {
    var state = examining()
    #expect(!text(Sample.after(". Enter", state)).contains("\u{1B}"))
    for (name, word) in [
      ("a.md", "tcp-refused"), ("a.json", "tcp-refused"), ("a.xml", "<testsuite"),
      ("a.sarif", "\"ruleId\""),
    ] {
      let effects = state.write(to: name)
      guard case .write(name, let bytes)? = effects.first else {
        Issue.record("\(effects)")
        continue
      }
      #expect(String(decoding: bytes, as: UTF8.self).contains(word), "\(name)")
    }
    let effects = Sample.press("b w Enter", &state)
    #expect(
      effects.contains {
        if case .write("alidade-bundle.json", _) = $0 { true } else { false }
      })
  }

  @Test func `a server of a project is not run before a word of a person`() {
    var rows = Sample.reachable
    rows[0].definition?.origin.trust = .project
    var state = Sample.state(80, 24, rows: rows)
    #expect(wishes(Sample.press("9", &state)).isEmpty)
    #expect(text(state).contains("Examine it?"))
    #expect(wishes(Sample.press("Enter", &state)).count == 1)
  }

  @Test func `a review that fails says why`() {
    var state = examining(keys: "]")
    tell(.failed(number: state.doctor.number, "nobody is there"), &state)
    #expect(text(state).contains("nobody is there") && text(state).contains("FAILED"))
    #expect(wishes(Sample.press("]", &state)).isEmpty)
    #expect(state.doctor.part == .chain && state.doctor.chain.findings.count == 3)
  }
}

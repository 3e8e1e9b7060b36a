import Audit
import Diagnostics
import MockBackend
import Operations

extension TourStep {
  /// The tour of `alidade demo`. Every step does the real thing.
  static let all: [TourStep] = [
    TourStep(
      "Five systems at hand",
      { state in
        "This program serves all five to itself, on ports of this machine; nothing needs a network. Whatever "
          + "a step does is done for real: it passes the wire (\(state.key(of: "go.wire"))) and is put on the "
          + "audit (\(state.key(of: "go.audit"))). Every key works as always in between. "
          + "\(state.key(of: "tour.next")) goes on, \(state.key(of: "tour.skip")) skips a step, "
          + "\(state.key(of: "tour.end")) ends the tour."
      }),
    call, denied, stepUp, signIn, fault, doctor, repair, approval, audit, replay,
    TourStep(
      "That was it",
      { state in
        "\(state.key(of: Keymap.helpID)) lists the keys of each view, \(state.key(of: "palette.open")) finds "
          + "everything by its name, \(state.key(of: "operate.open")) has further views: keys, consents, "
          + "faults, approvals, a dashboard. `alidade` without `demo` shows your own servers. "
          + "\(state.key(of: "tour.next")) ends the tour."
      }),
  ]

  private static let reading = "alumia_list_agents"
  private static let writing = "submit_access_request"

  /// The systems come up side by side, and a name that is not listed yet would be taken for a command.
  private static func isListed(_ state: ConsoleState) -> Bool { !state.servers.rows.isEmpty }

  private static func lastCall(_ state: ConsoleState) -> CallRecord? {
    state.calls[state.lastCall].flatMap { $0.isRunning ? nil : $0 }
  }

  private static func isAnswered(_ name: String, _ state: ConsoleState) -> Bool {
    guard let call = lastCall(state), call.name == name, case .done = call.phase else {
      return false
    }
    return true
  }

  private static let call = TourStep(
    "Call a tool",
    { state in
      "alumia is connected already. Its tool \(reading) is called, which only reads; the form for its "
        + "arguments would be one \(state.key(of: "tool.call")) away on the list of tools "
        + "(\(state.key(of: "go.tools")))."
    },
    moves: [
      .init("connect alumia", when: { isListed($0) }), .init("server alumia"),
      .init("call \(reading)"),
    ],
    isDone: { isAnswered(reading, $0) },
    after: { state in
      "The answer, as a tree: \(state.key(of: "result.fold")) and \(state.key(of: "result.unfold")) fold, "
        + "\(state.key(of: "result.tabPrevious")) and \(state.key(of: "result.tabNext")) show it as text, as a "
        + "table and raw, \(state.key(of: "copy.open")) copies. \(state.key(of: "go.wire")) has the frames "
        + "that passed, \(state.key(of: "go.calls")) every call."
    })

  private static let access =
    "call \(writing) app_id=21af8cfd-4c4c-4ee5-8486-07984ae1f7b6 justification=Tour"

  private static let denied = TourStep(
    "A call that is denied",
    { _ in
      "lumos knows people, not keys. The demo has signed in with leave to read, and now calls \(writing), "
        + "which writes."
    },
    moves: [
      .init("connect lumos", when: { isListed($0) }), .init("server lumos"), .init(access),
    ],
    isDone: { state in
      guard let call = lastCall(state), case .failed = call.phase else { return false }
      return call.name == writing
    },
    after: { _ in
      "Refused with 403: the token lacks lumos:user:write, and the sentence says so. Nothing was run; the "
        + "refusal stands on the audit."
    })

  private static let stepUp = TourStep(
    "Step up",
    { state in
      "In Auth (\(state.key(of: "go.auth"))) the sign-in of lumos is made once more, for what it has and what "
        + "was missing (\(state.key(of: "auth.stepUp"))). Then the same call is made again."
    },
    moves: [
      .init("auth"), .init("select lumos"), .init("auth.open"),
      .init("authServer.stepUp", when: { hasScopes($0) }), .init("asking.take"),
      .init("connect lumos", when: { isSignedIn($0) && mayWrite($0) }), .init("server lumos"),
      .init(access),
    ],
    isDone: { isAnswered(writing, $0) },
    after: { _ in "Granted: the same call came through, with the new token." })

  private static func lumos(_ state: ConsoleState) -> ServerRow? {
    state.servers.rows.first { $0.name == "lumos" }
  }

  private static func hasScopes(_ state: ConsoleState) -> Bool {
    lumos(state).map { state.auth.grids[$0.key] != nil } ?? false
  }

  private static func isSignedIn(_ state: ConsoleState) -> Bool {
    guard let row = lumos(state) else { return false }
    if case .running = state.auth.progress[row.key]?.phase { return false }
    return AuthScreen.facts(row, state) != nil
  }

  private static func mayWrite(_ state: ConsoleState) -> Bool {
    let granted = lumos(state).flatMap { AuthScreen.facts($0, state)?.granted }
    return granted?.contains("lumos:user:write") ?? false
  }

  private static func isSignedOut(_ state: ConsoleState) -> Bool {
    state.auth.isHere && lumos(state).map { AuthScreen.facts($0, state) == nil } ?? false
  }

  private static let signIn = TourStep(
    "Sign out, and in",
    { state in
      "\(state.key(of: "auth.forget")) forgets the sign-in of lumos; \(state.key(of: "auth.signIn")) makes a "
        + "new one: discovery, registration of this client, consent, and a token. The demo agrees on its "
        + "consent page for you."
    },
    moves: [
      .init("auth"), .init("select lumos"), .init("auth.forget", when: { isSignedIn($0) }),
      .init("confirm.yes"),
      .init("auth", when: { isSignedOut($0) }), .init("select lumos"), .init("auth.signIn"),
    ],
    isDone: { isSignedIn($0) },
    after: { _ in
      "Each step is a request that was really made. Below them: claims, when it expires, and which scope "
        + "each tool needs, with where that is known from."
    })

  private static func backendDown(_ state: ConsoleState) -> FaultSwitch? {
    state.office.faults.items.first { $0.system == "alumia" && $0.id == "backend-down" }
  }

  private static let fault = TourStep(
    "Break something",
    { state in
      "Among the faults (\(state.key(of: "operate.open"))) backend-down of alumia is switched on while it "
        + "runs. Then its tool is called."
    },
    moves: [
      .init("faults"),
      .init { backendDown($0).map { "select \($0.system) \($0.id) \($0.isElsewhere)" } },
      .init("faults.switch"),
      .init("server alumia", when: { backendDown($0)?.isOn == true }), .init("call \(reading)"),
    ],
    isDone: { state in
      guard let call = lastCall(state), call.name == reading else { return false }
      if case .done(let report) = call.phase { return report.isError }
      if case .failed = call.phase { return true }
      return false
    },
    after: { _ in "That is what a caller sees. Why it is so is a matter for the doctor." })

  private static let doctor = TourStep(
    "Ask the doctor",
    { state in
      "The doctor (\(state.key(of: "go.doctor"))) walks the way to alumia link by link, from its "
        + "configuration to one harmless call."
    },
    moves: [
      .init("examine alumia"), .init("doctor.nextError", when: { $0.doctor.run.phase == .ended }),
    ],
    isDone: { $0.doctor.run.phase == .ended },
    after: { state in
      let found = state.doctor.run.findings.first { $0.status == .error || $0.status == .warning }
      let check = found.map { "Found by the check “\($0.check)”. " } ?? ""
      return check + "\(state.key(of: "doctor.open")) on a row shows its evidence and what to do, "
        + "\(state.key(of: "doctor.rerun")) looks again, \(state.key(of: "doctor.next")) reviews what the server "
        + "offers, \(state.key(of: "doctor.bundle")) has a bundle for whoever helps."
    })

  private static let repair = TourStep(
    "Repair it",
    { _ in "The fault is switched off again, and the doctor looks once more." },
    moves: [
      .init("faults"), .init("faults.clear", when: { backendDown($0)?.isOn == true }),
      .init("examine alumia", when: { backendDown($0)?.isOn == false }),
    ],
    isDone: { $0.doctor.run.phase == .ended && $0.doctor.run.findings.count(.error) == 0 },
    after: { _ in "The whole way is open." })

  private static let mail =
    #"call email.send to=grace.hopper@example.com subject=Hello body="It is on its way.""#

  private static func waiting(_ state: ConsoleState) -> String? {
    state.office.approvals.items.first { $0.state == .pending }?.id
  }

  private static let approval = TourStep(
    "Approve what waits",
    { state in
      "allv's email.send waits for a person. It is called, found among the approvals "
        + "(\(state.key(of: "operate.open"))) with its arguments, and approved "
        + "(\(state.key(of: "approvals.approve"))); the call that waits goes on."
    },
    moves: [
      .init("connect allv"), .init("server allv"), .init(mail),
      .init("approvals", needsRest: false),
      .init(needsRest: false) { waiting($0).map { "select \($0)" } },
      .init("approvals.approve", needsRest: false),
      .init("asking.take", needsRest: false), .init { "#\($0.lastCall)" },
    ],
    isDone: { isAnswered("email.send", $0) },
    after: { state in
      "Its answer came the moment it was approved. \(state.key(of: "approvals.reject")) would have rejected "
        + "it, with a reason."
    })

  private static let audit = TourStep(
    "Verify the audit",
    { state in
      "Everything so far stands on the audit (\(state.key(of: "go.audit"))), each row chained to the one before "
        + "by its hash. The whole chain is checked."
    },
    moves: [.init("audit")],
    isDone: { state in
      state.audit.isCaughtUp && state.audit.count > 0
        && (0..<state.audit.count).allSatisfy { state.audit.link($0) != nil }
    },
    after: { state in
      let broken = (0..<state.audit.count).count {
        state.audit.link($0) != .whole && state.audit.link($0) != LogLink.none
      }
      return broken == 0
        ? "\(state.audit.count) rows, and the chain is whole: = on each. A row that is changed shows X."
        : "\(broken) of \(state.audit.count) rows do not hold."
    })

  private static func audited(_ state: ConsoleState) -> String? {
    (0..<state.audit.count).first {
      let record = state.audit.record($0)
      return record?.tool == reading && record?.outcome == "ok"
    }.map { String(state.audit.number(ofRow: $0)) }
  }

  private static let replay = TourStep(
    "Replay a call",
    { state in
      "The first call of the tour is made again from its row on the audit (\(state.key(of: "audit.replay"))), "
        + "and compared with what came of it then. What may change something would be asked about by itself."
    },
    moves: [
      .init("server alumia"), .init("audit"), .init { audited($0).map { "select \($0)" } },
      .init("audit.replay"), .init("confirm.yes"),
    ],
    isDone: { state in
      let items = state.audit.replay.items
      return !items.isEmpty
        && items.allSatisfy {
          switch $0.outcome {
          case .waiting, .running: false
          default: true
          }
        }
    },
    after: { state in
      "As before. \(state.key(of: "list.mark")) marks several rows; \(state.key(of: "audit.count")) counts them, "
        + "\(state.key(of: "audit.histogram")) shows when they came, \(state.key(of: "audit.filters")) filters."
    })
}

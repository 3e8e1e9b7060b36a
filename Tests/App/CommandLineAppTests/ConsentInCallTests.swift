import AuthorizationServer
import CommandLineApp
import EventLoop
import MockBackend
import TestSupport
import Testing

@testable import Operations

@LoopActor
@Suite(.inTurns) struct ConsentInCallTests {
  private let scratch = ScratchFolder()

  private var environment: [String: String] { ["XDG_STATE_HOME": scratch.file("state")] }

  private func run(_ words: [String]) async -> CommandRun {
    await CommandRun.of(words, isTerminal: false, environment: environment)
  }

  @Test func `a consent that is revoked in mid-call ends what comes after it, and is on the audit`()
    async throws
  {
    let folder = DataFolder(scratch.file("data"))
    try await FaultyServing.run("allv", in: scratch) { url, _ in
      let login = await run(["auth", "login", url, "--fetch-consent"])
      #expect(login.code == .ok, "\(login.errors)")
      let isOver = Latch()
      let call = EventLoop.task {
        defer { isOver.set() }
        return await run([
          "call", url, "email.send", "to=grace@example.com", "subject=Hello", "body=It is ready.",
        ])
      }
      let desk = try ApprovalStore(folder: folder)
      var waiting: Approval?
      while waiting == nil, !isOver.isSet {
        waiting = try desk.all(state: .pending).first
        await LoopActor.loop.nextTurn()
      }
      if waiting == nil {
        let run = await call.value
        Issue.record("the call did not wait: \(run.output)\(run.errors)")
        return
      }
      let data = ["--data", folder.path]
      let revoked = await run(["consents", "revoke", "alidade", "--yes"] + data)
      #expect(revoked.code == .ok, "\(revoked.errors)")
      _ = try desk.decide(waiting?.id ?? "", .approved, by: "ann", note: nil)
      desk.close()
      let sent = await call.value
      #expect(sent.code == .unauthorized && sent.errors.contains("revoked"), "\(sent.errors)")
      let next = await run(["call", url, "run.list"])
      #expect(next.code == .unauthorized && next.errors.contains("revoked"), "\(next.errors)")
      #expect(next.errors.contains("auth login"), "\(next.errors)")
      let audit = await run(["audit", "search", "--kind", "oauth.consent.revoked"] + data)
      #expect(audit.output.contains("oauth.consent.revoked"), "\(audit.output)\(audit.errors)")
    }
  }
}

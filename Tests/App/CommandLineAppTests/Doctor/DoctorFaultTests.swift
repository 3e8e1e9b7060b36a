import AuthorizationServer
import CommandLineApp
import EventLoop
import Faults
import JSON
import TestSupport
import Testing

@testable import Operations

/// Every fault of the embedded stack that the doctor can meet, and the finding it must lead to.
@LoopActor
@Suite(.inTurns) struct DoctorFaultTests {
  private let scratch = ScratchFolder()

  @Test func `every fault has its finding, or a reason to have none`() {
    let known = Set(FaultRow.ofServing.map(\.id))
    #expect(Set(FaultFindings.rows.keys).union(FaultFindings.unseen) == known)
  }

  @Test func `every fault leads the doctor to its finding, with a remedy`() async throws {
    try await FaultyServing.run("lumos", in: scratch) { url, faults in
      for (fault, id) in FaultFindings.rows.sorted(by: { $0.key < $1.key }) {
        try faults.replace(with: [fault])
        let run = await CommandRun.of(
          ["doctor", url, "--json", "--sign-in", "--fetch-consent", "--timeout", "30"],
          isTerminal: false, environment: ["XDG_STATE_HOME": scratch.file("state-\(fault)")])
        let findings = try JSON.parse(run.output)["findings"]?.array ?? []
        let found = findings.first { $0["id"]?.string == id }
        let bad = findings.filter { $0["status"] == "error" }.compactMap { $0["id"]?.string }
        #expect(found != nil, "\(fault): \(findings.compactMap { $0["id"]?.string })")
        #expect(bad.count <= 1, "\(fault): \(bad)")
        #expect(found?["fix"]?.string?.isEmpty == false, "\(fault)")
        #expect(found?["evidence"]?.array?.isEmpty == false, "\(fault)")
      }
    }
  }

  @Test func `a path that the server names is tried`() async throws {
    try await FaultyServing.run("lumos", in: scratch) { url, _ in
      let wrong = url.replacing("/mcp/user", with: "/mcp")
      #expect(wrong != url)
      let run = await CommandRun.of(["doctor", wrong, "--json"], isTerminal: false)
      let findings = try JSON.parse(run.output)["findings"]?.array ?? []
      let fixes = findings.compactMap { $0["fix"]?.string }
      #expect(fixes == ["use \(url): it speaks MCP"])
    }
  }

  @Test func `the page of checks is what the program writes`() async {
    let run = await CommandRun.of(["doctor", "--checks"])
    Golden.check(run.output, against: "docs/CHECKS.md")
  }
}

import CommandLineApp
import EventLoop
import JSON
import TestSupport
import Testing

/// Programs that are no servers, or not yet: each is started for real.
@LoopActor
@Suite(.inTurns) struct DoctorProcessTests {
  private let scratch = ScratchFolder()

  private struct Row {
    let words: [String]
    let id: String
    let proof: String
    var warning: String?

    init(_ id: String, _ proof: String, warning: String? = nil, _ words: String...) {
      (self.words, self.id, self.proof, self.warning) = (words, id, proof, warning)
    }
  }

  @Test func `a program that does not serve is known by how it fails`() async throws {
    let rows = [
      Row("program-not-found", "PATH", "no-such-program-at-all"),
      Row("program-not-executable", "chmod", "/dev/null"),
      Row("program-not-executable", "directory", scratch.path),
      Row("process-exited", "127", "sh", "-c", "exit 127"),
      Row("process-exited", "missing API_KEY", "sh", "-c", "echo missing API_KEY >&2; exit 1"),
      Row("no-answer", "raise --timeout", "sh", "-c", "cat >/dev/null"),
      Row("not-read", "standard input", "sh", "-c", "sleep 60"),
      Row(
        "no-answer", "skipped", warning: "stdout-noise", "sh", "-c",
        "printf 'hello \\377\\n'; cat >/dev/null"),
    ]
    for row in rows {
      let run = await CommandRun.of(
        ["doctor", "--json", "--timeout", "3", "--"] + row.words, isTerminal: false)
      let findings = try JSON.parse(run.output)["findings"]?.array ?? []
      let error = findings.first { $0["status"] == "error" }
      #expect(error?["id"]?.string == row.id, "\(row.words) \(run.output)")
      #expect(run.output.contains(row.proof), "\(row.words) \(run.output)")
      #expect(error?["fix"]?.string?.isEmpty == false, "\(row.words)")
      if let warning = row.warning {
        #expect(findings.contains { $0["id"]?.string == warning }, "\(run.output)")
      }
    }
  }
}

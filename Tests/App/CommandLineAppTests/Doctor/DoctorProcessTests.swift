import CommandLineApp
import EventLoop
import Glibc
import TestSupport
import Testing

/// Programs that are no servers, or not yet: each is started for real.
@LoopActor
@Suite(.inTurns) struct DoctorProcessTests {
  private let scratch = ScratchFolder()

  nonisolated private static func program(
    _ id: String, _ proof: String, status: String = "error", code: ExitCode = .unreachable,
    within seconds: Int = 10, _ words: String...
  ) -> DoctorRow {
    DoctorRow(
      words.joined(separator: " "), id, status: status, code: code, proof,
      words: ["--timeout", "\(seconds)", "--"] + words)
  }

  nonisolated static let rows = [
    program("program-not-found", "PATH", "no-such-program-at-all"),
    program("program-not-executable", "chmod", "/dev/null"),
    program("program-not-executable", "directory", "SCRATCH"),
    program("program-bad-format", "interpreter", "SCRATCH/plain"),
    program("interpreter-missing", "first line", "SCRATCH/orphan"),
    program("process-exited", "127", "sh", "-c", "exit 127"),
    program("process-exited", "missing API_KEY", "sh", "-c", "echo missing API_KEY >&2; exit 1"),
    program("process-killed", "crash", "sh", "-c", "kill -9 $$"),
    program("output-closed", "standard output", "sh", "-c", "exec >&-; cat >/dev/null"),
    program(
      "no-answer", "raise --timeout", code: .timedOut, within: 2, "sh", "-c", "cat >/dev/null"),
    program("not-read", "standard input", code: .timedOut, within: 2, "sh", "-c", "sleep 60"),
    program(
      "stdout-noise", "\"value\":\"hello ", status: "warning", code: .timedOut, within: 2, "sh",
      "-c",
      "printf 'hello \\377\\n'; cat >/dev/null"),
    DoctorRow(
      "a folder that is not there", "directory-unusable", "--cwd",
      words: ["--cwd", "/no/such/folder", "--", "cat"]),
  ]

  @Test func `a program that does not serve is known by how it fails`() async throws {
    for (name, text) in [("plain", "\u{7F}ELF\u{0}\u{1}"), ("orphan", "#!/no/such/interpreter\n")] {
      chmod(scratch.write(text, to: name), 0o755)
    }
    for var row in Self.rows {
      row.words = row.words.map { $0.replacing("SCRATCH", with: scratch.path) }
      try await row.check(#_sourceLocation)
    }
  }
}

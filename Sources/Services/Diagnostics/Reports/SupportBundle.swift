package import EventLoop
package import JSON
import Operations
import Settings

/// What somebody who is to help needs to know, and no secret.
package struct SupportBundle: Sendable {
  package let json: JSON
  /// What is in it, a line each.
  package let contents: [String]

  @LoopActor
  package init(_ examination: Examination, program version: String) {
    let attempt = examination.attempt
    let definition = examination.subject.definition?.shown(revealing: false)
    let names = definition?.environment.map(\.name) ?? []
    let report = DoctorReport(
      target: examination.subject.label, findings: examination.findings)
    json = [
      "alidade": .string(version),
      "at": .string(examination.station.clock.wallTime.description),
      "report": report.json,
      "environmentNames": .array(names.map(JSON.string)),
      "exchanges": .array(attempt.exchanges),
      "messages": .array(attempt.messages),
      "standardError": .array(attempt.stderr.map(JSON.string)),
      "skipped": .array(attempt.noise.map(JSON.string)),
    ]
    let counts: [(Int, String)] = [
      (examination.findings.count, "findings with their evidence"),
      (attempt.exchanges.count, "HTTP exchanges, header values that may be secret masked"),
      (attempt.messages.count, "messages, values that may be secret masked"),
      (attempt.stderr.count, "lines of the server's standard error"),
      (attempt.noise.count, "pieces of text that were no messages"),
      (names.count, "names of environment variables, without their values"),
    ]
    contents = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }
}

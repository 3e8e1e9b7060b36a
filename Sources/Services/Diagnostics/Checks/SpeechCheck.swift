import EventLoop
import Operations
import Settings

extension Check {
  /// What the server says besides what it should.
  static let speech: Check = Check(
    "speech", "Messages", isIndependent: true
  ) { examination in
    let attempt = examination.attempt
    var found: [Finding] = []
    if !attempt.noise.isEmpty {
      found.append(
        Finding(
          .warning, "stdout-noise", check: "speech",
          "text stands where only messages belong",
          evidence: attempt.noise.prefix(5).map { .init("skipped", String($0.prefix(200))) },
          fix: examination.subject.definition?.url == nil
            ? "the server must write its log to standard error"
            : "the server, or a proxy before it, must answer with messages alone"))
    }
    let odd = attempt.oddities.filter { !$0.contains("were skipped") }
    found += odd.prefix(8).map { Finding(.note, "oddity", check: "speech", $0) }
    if found.isEmpty, attempt.connection != nil {
      found.append(speech.finding(.ok, "every message is in order"))
    }
    return found.isEmpty
      ? [Finding(.skipped, "speech-skipped", check: "speech", "nothing was said")] : found
  }
}

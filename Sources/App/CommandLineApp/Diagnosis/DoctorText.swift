import Diagnostics
import SafeText

/// A finding as people read it: one line, and below it what proves it and what to do.
enum DoctorText {
  static func lines(_ finding: Finding, isVerbose: Bool) -> [String] {
    let head = [padded(finding.status.rawValue, 8), padded(finding.check, 10), finding.cause]
    let isTrouble = finding.status == .error || finding.status == .warning
    var lines = [SafeText(head.joined(separator: " ")).text]
    guard isTrouble || isVerbose else { return lines }
    if isTrouble { lines.append(below("id", finding.id)) }
    lines += finding.evidence.map { below($0.name, $0.value) }
    if let fix = finding.fix { lines.append(below("FIX", fix)) }
    return lines
  }

  private static func below(_ name: String, _ value: String) -> String {
    "           " + SafeText("\(name): \(value)").text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

import JSON
import SafeText

extension DoctorReport {
  // MARK: - JUnit

  func junit(failingFrom level: Finding.Status) -> String {
    let isFailure: (Finding) -> Bool = {
      $0.status == .error || (level == .warning && $0.status == .warning)
    }
    let failures = findings.count(where: isFailure)
    let cases = findings.map { finding in
      let head = "    <testcase classname=\"\(Self.escaped(finding.check))\" name=\"\(finding.id)\""
      if finding.status == .skipped {
        return "\(head)><skipped message=\"\(Self.escaped(finding.cause))\"/></testcase>"
      }
      guard isFailure(finding) else { return "\(head)/>" }
      let body = finding.plainLines.map(Self.escaped).joined(separator: "\n")
      return
        "\(head)><failure message=\"\(Self.escaped(finding.cause))\" type=\"\(finding.status.rawValue)\">\(body)</failure></testcase>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="\(Self.escaped(target))" tests="\(findings.count)" failures="\(failures)" skipped="\(findings.count(.skipped))">
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }

  /// XML takes no control characters, escaped or not; SafeText has made them visible.
  private static func escaped(_ text: String) -> String {
    let rows: [(Character, String)] = [
      ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"),
    ]
    let named = Dictionary(uniqueKeysWithValues: rows)
    return SafeText(text).text.map { named[$0] ?? String($0) }.joined()
  }

  // MARK: - SARIF

  var sarif: JSON {
    let told = findings.filter {
      $0.status == .error || $0.status == .warning || $0.status == .note
    }
    var rules: [JSON] = []
    var seen: Set<String> = []
    for finding in told where seen.insert(finding.id).inserted {
      rules.append([
        "id": .string(finding.id),
        "shortDescription": ["text": .string("\(finding.check): \(finding.id)")],
      ])
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": ["name": "alidade doctor", "rules": .array(rules)]],
          "results": .array(told.map { result(of: $0) }),
        ]
      ],
    ]
  }

  private func result(of finding: Finding) -> JSON {
    let text = [finding.cause, finding.fix.map { "Fix: \($0)" }].compactMap { $0 }
    return [
      "ruleId": .string(finding.id), "level": .string(finding.status.rawValue),
      "message": ["text": .string(text.joined(separator: ". "))],
      "locations": [
        ["logicalLocations": [["fullyQualifiedName": .string(target), "kind": "resource"]]]
      ],
      "properties": ["evidence": .array((finding.json["evidence"]?.array) ?? [])],
    ]
  }

  // MARK: - Markdown

  var markdown: String {
    var lines = [
      "# \(Self.quoted(target))", "", "\(summary).", "", "| | check | cause |", "|---|---|---|",
    ]
    lines += findings.map {
      "| \($0.status.rawValue) | \($0.check) | \(Self.quoted($0.cause)) |"
    }
    for finding in findings where finding.status == .error || finding.status == .warning {
      lines += ["", "## \(finding.id)", "", Self.quoted(finding.cause) + "."]
      if let fix = finding.fix { lines += ["", "**Fix:** \(Self.quoted(fix))."] }
      if !finding.evidence.isEmpty { lines.append("") }
      lines += finding.evidence.map { "- \($0.name): \(Self.quoted($0.value))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Foreign text must not become mark-up.
  private static func quoted(_ text: String) -> String {
    let marks: Set<Character> = ["\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "!", "~"]
    return SafeText(text).text.map { marks.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension Finding {
  /// Cause, fix and evidence, a line each.
  package var plainLines: [String] {
    [cause] + (fix.map { ["fix: \($0)"] } ?? []) + evidence.map { "\($0.name): \($0.value)" }
  }
}

package import JSON

/// A finished examination as it is written down.
package struct DoctorReport: Sendable {
  package var target: String
  package var findings: [Finding]

  package init(target: String, findings: [Finding]) {
    self.target = target
    self.findings = findings
  }

  /// The words of `--format`.
  package enum Format: String, Sendable, CaseIterable {
    case text, json, junit, sarif, markdown
  }

  package var json: JSON {
    [
      "target": .string(target), "healthy": .bool(findings.firstFailure(from: .error) == nil),
      "findings": .array(findings.map(\.json)),
    ]
  }

  package var summary: String {
    let counts: [(Finding.Status, String)] = [(.error, "error"), (.warning, "warning")]
    let words = counts.compactMap { status, word -> String? in
      let count = findings.count(status)
      return count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return words.isEmpty ? "nothing is wrong" : words.joined(separator: ", ")
  }

  /// The whole of a format that is written at the end; nil for those that are not.
  package func text(as format: Format, failingFrom level: Finding.Status) -> String? {
    switch format {
    case .text: nil
    case .json: json.compact + "\n"
    case .junit: junit(failingFrom: level)
    case .sarif: sarif.pretty + "\n"
    case .markdown: markdown
    }
  }
}

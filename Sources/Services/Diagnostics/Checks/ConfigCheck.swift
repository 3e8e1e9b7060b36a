import EventLoop
import Operations
import Settings

extension Check {
  /// What the words and files say before anything is tried.
  static let config: Check = Check(
    "config", "Configuration",
    causes: [
      "tls-bad-file": .init("check the file that --cacert, --cert or --key names"),
      "unknown-revision": .init("name a revision that exists with --protocol, or leave it out"),
    ], layers: ["config"], isIndependent: true
  ) { examination in
    let faults = examination.subject.faults.map { fault in
      Finding(
        fault.isError ? .error : .warning, fault.id, check: "config", fault.sentence,
        evidence: [.init("where", fault.place)], fix: fault.fix ?? lastRemedy, kind: .usage)
    }
    let values = examination.subject.definition.map(valueFindings) ?? []
    guard faults.isEmpty, values.isEmpty else { return faults + values }
    let what = examination.subject.definition == nil ? "the files found are sound" : "it is sound"
    return [config.finding(.ok, what, description(of: examination.subject.definition))]
  }

  private static let lastRemedy =
    "correct the value; a client that is running reads its file only when it is restarted"

  private static func valueFindings(_ definition: ServerDefinition) -> [Finding] {
    definition.valueFindings.map { finding in
      Finding(
        finding.severity == .error ? .error : finding.severity == .warning ? .warning : .note,
        finding.code, check: "config",
        [finding.field, finding.sentence].compactMap { $0 }.joined(separator: ": "),
        fix: finding.remedy ?? lastRemedy, kind: .usage)
    }
  }

  private static func description(of definition: ServerDefinition?) -> [Finding.Evidence] {
    guard let shown = definition?.shown(revealing: false) else { return [] }
    var rows: [Finding.Evidence] = []
    if let url = shown.url { rows.append(.init("address", url)) }
    if !shown.words.isEmpty { rows.append(.init("command", shown.words.joined(separator: " "))) }
    rows += shown.headers.map { .init("header", "\($0.name): \($0.value)") }
    rows += shown.environment.map { .init("variable", "\($0.name)=\($0.value)") }
    if shown.tls.isInsecure { rows.append(.init("certificates", "not checked (--insecure)")) }
    return rows
  }
}

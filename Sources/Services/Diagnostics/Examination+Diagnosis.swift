import EventLoop
import JSON
import Operations
import SafeText
import Settings

extension Examination {
  /// The one finding that says why the way is not open.
  func diagnosis(of failure: OperationFailure, _ check: Check) async -> Finding {
    let reason = specificReason(of: failure)
    let step = failure.details["auth"]?.string
    let cause =
      step.flatMap { check.causes[$0] } ?? check.causes[reason] ?? check.causes[failure.reason]
    let rpc = rpcCause(of: failure)
    // A refusal keeps its name, whatever its words lead to.
    let id = step ?? cause?.id ?? (cause == nil ? rpc?.id ?? reason : reason)
    var finding = Finding(
      .error, id, check: check.id, failure.sentence,
      evidence: evidence(of: failure) + (rpc?.evidence(in: failure) ?? []),
      fix: rpc?.fix ?? cause?.fix ?? failure.hint ?? Self.lastRemedy, kind: failure.kind)
    let others = await OtherWays(self, reason: reason, words: failure.details["body"]?.string)
      .tried()
    finding.evidence += others.map { .init("tried", $0.line) }
    if let open = others.first(where: \.isOpen) {
      finding.fix = "use \(open.address): it speaks MCP"
    }
    return finding
  }

  /// What helps against a failure behind the door, where it is one that could have happened at the door.
  func remedy(for failure: OperationFailure) -> String? {
    let status = attempt.exchanges.last?["status"].map { "http-\($0.compact)" }
    let names = [failure.reason, status].compactMap { $0 }
    return names.compactMap { name in
      [Check.access, .answer, .revision].compactMap { $0.causes[name]?.fix }.first
    }.first
  }

  private static let lastRemedy = "look at the server's log; --bundle FILE keeps all that was seen"

  /// Where the failure says only that no way was open, what came back says more.
  private func specificReason(of failure: OperationFailure) -> String {
    if isPage(failure) { return "web-page" }
    guard failure.reason == "not-mcp" else { return failure.reason }
    if attempt.exchanges.first?["status"] == 202 { return "accepted-only" }
    let cause = failure.details["cause"]?.string
    return cause.flatMap { Check.answer.causes[$0] == nil ? nil : $0 } ?? failure.reason
  }

  private func isPage(_ failure: OperationFailure) -> Bool {
    ["not-mcp-answer", "not-mcp"].contains(failure.reason) && page != nil
  }

  /// The last answer that was a page, whatever else was tried behind it.
  private var page: JSON? {
    attempt.exchanges.last {
      $0["responseHeaders"].flatMap(Self.contentType)?.hasPrefix("text/html") == true
    }
  }

  nonisolated static func contentType(_ headers: JSON) -> String? {
    headers.object?.members.last { $0.key.lowercased() == "content-type" }?.value.string
  }

  // MARK: - Evidence

  func evidence(of failure: OperationFailure) -> [Finding.Evidence] {
    evidence(of: isPage(failure) ? page : attempt.exchanges.last) + detailEvidence(failure)
      + streamEvidence
  }

  /// The last exchange: address, status, type, headers, timings, certificates.
  var exchangeEvidence: [Finding.Evidence] { evidence(of: attempt.exchanges.last) }

  private func evidence(of exchange: JSON?) -> [Finding.Evidence] {
    guard let last = exchange else { return [] }
    var rows: [Finding.Evidence] = [
      .init("url", "\(last["verb"]?.string ?? "") \(last["url"]?.string ?? "")")
    ]
    if let status = last["status"] { rows.append(.init("status", status.compact)) }
    for name in ["peer", "proxy", "version", "failure"] {
      if let value = last[name]?.string { rows.append(.init(name, value)) }
    }
    if let headers = last["responseHeaders"] {
      if let type = Self.contentType(headers) { rows.append(.init("content type", type)) }
      let names = headers.object?.keys ?? []
      if !names.isEmpty { rows.append(.init("headers", names.joined(separator: ", "))) }
    }
    let timings = last["timings"]?.object?.members ?? []
    if !timings.isEmpty {
      let words = timings.map { "\($0.key) \($0.value.compact) ms" }
      rows.append(.init("timings", words.joined(separator: ", ")))
    }
    for certificate in last["certificates"]?.array ?? [] {
      let parts = (certificate.object?.members ?? []).map { "\($0.key) \($0.value.string ?? "")" }
      rows.append(.init("certificate", parts.joined(separator: ", ")))
    }
    return rows
  }

  private static let bodyShown = 200

  private func detailEvidence(_ failure: OperationFailure) -> [Finding.Evidence] {
    var rows: [Finding.Evidence] = []
    if let body = failure.details["body"]?.string, !body.isEmpty {
      rows.append(.init("body", String(body.prefix(Self.bodyShown))))
    }
    if let error = failure.details["error"] { rows.append(.init("error", error.compact)) }
    rows += (failure.details["negotiation"]?.array ?? []).compactMap(\.string)
      .map { .init("negotiation", $0) }
    return rows
  }

  private static let linesShown = 8

  /// What a process wrote where no messages belong.
  private var streamEvidence: [Finding.Evidence] {
    let place = subject.definition?.url == nil ? "standard output" : "answer"
    return attempt.noise.prefix(3).map { .init(place, String($0.prefix(Self.bodyShown))) }
      + attempt.stderr.suffix(Self.linesShown).map {
        .init("standard error", String($0.prefix(Self.bodyShown)))
      }
  }
}

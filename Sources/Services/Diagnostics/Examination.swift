package import EventLoop
import JSON
package import Operations
import Settings

/// Walks the chain of checks for one target and tells each finding when it is made.
@LoopActor
package final class Examination {
  package let subject: Subject
  let station: Station
  let attempt = Attempt()
  /// The tools as listed, for the checks that follow.
  var tools: [JSON] = []
  var resources: [JSON] = []
  package private(set) var findings: [Finding] = []
  /// How long any single step may take.
  let limit: Duration
  private let tell: @LoopActor (Finding) -> Void
  private static let patience = 20.0

  package init(
    _ subject: Subject, on station: Station, tell: @escaping @LoopActor (Finding) -> Void
  ) {
    var subject = subject
    let seconds = min(subject.definition?.timeout ?? Self.patience, 600)
    subject.definition?.timeout = seconds
    self.subject = subject
    self.station = station
    self.tell = tell
    limit = .milliseconds(Int64(seconds * 1000))
  }

  package func run(_ checks: [Check] = Check.all) async {
    if let definition = subject.definition {
      // Several questions may be needed until the way is known.
      await attempt.run(on: station, to: definition, within: limit * 3, signIn: subject.signIn)
    }
    let broken = attempt.failure.map { Check.holder(of: $0, in: self) }
    var isBehind = false
    for check in checks where !Task.isCancelled {
      for finding in await findings(of: check, broken: broken, isBehind: isBehind) { add(finding) }
      if check.id == broken?.id { isBehind = true }
    }
    await attempt.connection?.close()
  }

  private func findings(
    of check: Check, broken: Check?, isBehind: Bool
  ) async -> [Finding] {
    if check.id == broken?.id, let failure = attempt.failure {
      return await findings(of: check, holding: failure)
    }
    if subject.definition != nil, let reason = check.exemption(self) {
      return [skipped(check, reason)]
    }
    if isBehind, !check.isIndependent {
      return [skipped(check, "\(broken?.title ?? "an earlier check") failed")]
    }
    guard subject.definition != nil || check.id == Check.config.id else {
      return [skipped(check, "there is nothing to connect to")]
    }
    return await check.look(self)
  }

  /// What the check sees by itself says no second time what broke the way, and adds its proof.
  private func findings(
    of check: Check, holding failure: OperationFailure
  ) async -> [Finding] {
    var main = await diagnosis(of: failure, check)
    let own = check.isIndependent ? await check.look(self) : []
    main.evidence += own.filter { $0.id == main.id }.flatMap(\.evidence)
    return [main] + own.filter { $0.id != main.id && $0.status != .ok }
  }

  private func skipped(_ check: Check, _ reason: String) -> Finding {
    Finding(.skipped, "\(check.id)-skipped", check: check.id, reason)
  }

  private func add(_ finding: Finding) {
    findings.append(finding)
    tell(finding)
  }
}

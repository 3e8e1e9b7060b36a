import Audit
import EventLoop
import HTTPCore
import MCPServer

/// Puts every invocation on the audit: the answer leaves once the event is safe, and not at all where it is lost.
@LoopActor
final class AuditLog: InvocationLog {
  let system: String
  private let writer: AuditWriter?
  private let clock: any LoopClock
  private let tally: ServingTally
  private var refusals = RefusalLimit()

  /// Without a writer it only counts.
  init(system: String, writer: AuditWriter?, clock: any LoopClock, tally: ServingTally) {
    self.system = system
    self.writer = writer
    self.clock = clock
    self.tally = tally
  }

  func record(_ event: InvocationEvent, then: @escaping @LoopActor (Recording) -> Void) {
    let entry = Self.entry(event, system)
    tally.count(event.kind, entry.outcome, event.duration)
    guard let writer else { return then(.kept) }
    writer.record(consume entry) { [tally] result in
      switch result {
      case .success:
        tally.auditWorks()
        then(.kept)
      case .failure(let error):
        tally.auditFailed(error.description)
        then(.lost(error.plainSentence))
      }
    }
  }

  /// Who was not let in at all. Floods of strangers are counted and told of by some events a second; a credential that
  /// was good once is told of each time.
  func refused(_ credentials: MCPServer.Credentials, _ denial: AccessDenial) {
    tally.countRefusal(denial.reason)
    guard writer != nil else { return }
    var left = 0
    if denial.credential == nil {
      guard let untold = refusals.take(at: clock.now) else { return }
      left = untold
    }
    var event = AuditEvent(
      at: clock.wallTime, kind: .accessRefused, principal: "", system: system,
      tool: credentials.wanted, outcome: .denied)
    event.credential = denial.credential ?? ""
    event.client = credentials.fields["User-Agent"] ?? ""
    event.trace = credentials.fields["traceparent"] ?? ""
    event.detail = denial.text + (left > 0 ? ", and \(left) more before" : "")
    write(event)
  }

  /// Writes it down without anybody waiting for it.
  func write(_ event: AuditEvent) {
    writer?.record(event) { [tally] result in
      if case .failure(let error) = result { tally.auditFailed(error.description) }
    }
  }

  // MARK: - The event

  private static func entry(_ event: InvocationEvent, _ system: String) -> AuditEvent {
    let (outcome, detail) = outcome(event.outcome)
    var entry = AuditEvent(
      at: event.time, kind: kind(event), principal: event.caller.principal, system: system,
      tool: event.name, outcome: outcome)
    entry.credential = event.caller.credential ?? ""
    entry.arguments = event.arguments
    entry.microseconds = event.duration.nanoseconds / 1000
    entry.request = event.requestID
    entry.trace = event.traceparent ?? ""
    entry.session = event.session ?? ""
    entry.client = event.client ?? ""
    entry.version = event.version
    entry.detail = detail
    return entry
  }

  private static func kind(_ event: InvocationEvent) -> AuditEvent.Kind {
    switch event.kind {
    case .tool: event.isMutating ? .invokedMutating : .invoked
    case .resource: .resourceRead
    case .prompt: .promptRendered
    }
  }

  private static func outcome(_ outcome: InvocationOutcome) -> (AuditEvent.Outcome, String) {
    switch outcome {
    case .succeeded: (.ok, "")
    case .toolFailed(let text): (.toolError, String(text.prefix(500)))
    case .failed(let code, let message): (.failed, "\(code) \(message.prefix(500))")
    case .denied(let text): (.denied, text)
    case .cancelled: (.cancelled, "")
    case .asked: (.asked, "")
    case .task(let id): (.task, id)
    }
  }
}

extension MCPServer.Credentials {
  /// What the request is for, as far as its head tells: the body of a stranger is not read.
  fileprivate var wanted: String {
    guard fields["Mcp-Method"] == "tools/call", let name = fields["Mcp-Name"] else { return path }
    return name
  }
}

/// Lets through some a second and counts the rest.
struct RefusalLimit {
  private var second: Int64 = .min
  private var taken = 0
  private var left = 0

  private static let aSecond = 20

  /// How many went untold before this one; nil where this one goes untold too.
  mutating func take(at now: LoopInstant) -> Int? {
    let current = now.nanoseconds / 1_000_000_000
    if current != second { (second, taken) = (current, 0) }
    guard taken < Self.aSecond else {
      left += 1
      return nil
    }
    taken += 1
    defer { left = 0 }
    return left
  }
}

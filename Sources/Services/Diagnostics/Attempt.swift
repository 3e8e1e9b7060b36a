import EventLoop
import JSON
import Operations
import Settings

/// One try to connect, with everything that was seen of it.
@LoopActor
final class Attempt {
  private(set) var outcome: Result<Connection, OperationFailure>?
  /// Facts of HTTP exchanges, in their order.
  private(set) var exchanges: [JSON] = []
  private(set) var messages: [JSON] = []
  /// What was no message.
  private(set) var noise: [String] = []
  private(set) var stderr: [String] = []
  /// What was out of order and broke nothing.
  private(set) var oddities: [String] = []
  /// What came of the sign-in that was made on the way.
  private(set) var signedIn: SignInFacts?
  private(set) var duration = Duration.zero
  private static let kept = 200
  private static let shown = 400

  var connection: Connection? {
    if case .success(let connection)? = outcome { connection } else { nil }
  }

  var failure: OperationFailure? {
    if case .failure(let failure)? = outcome { failure } else { nil }
  }

  func run(
    on station: Station, to definition: ServerDefinition, within limit: Duration,
    signIn: SignInOffer? = nil
  ) async {
    var options = ConnectionOptions()
    options.listens = false
    options.retries = 1
    options.signIn = signIn
    options.signIn?.scene.made = { [weak self] in self?.signedIn = $0 }
    options.onTraffic = { [weak self] in self?.take($0) }
    let started = station.clock.now
    outcome = await Deadline.result(limit, on: station.clock) {
      [self, options] () async throws(OperationFailure) in
      try await station.connect(to: definition, options) { [weak self] in self?.take($0) }
    }
    duration = started.duration(to: station.clock.now)
  }

  private func take(_ news: WireNews) {
    switch news.content {
    case .exchange(let facts): if exchanges.count < Self.kept { exchanges.append(facts) }
    case .message(let message): if messages.count < Self.kept { messages.append(message) }
    case .odd(let words):
      guard noise.count < Self.kept else { return }
      let text = String(decoding: news.bytes.prefix(Self.shown), as: UTF8.self)
      noise.append(text.isEmpty ? words : text)
    }
  }

  private func take(_ event: ConnectionEvent) {
    switch event {
    case .stderr(let line):
      stderr.append(line)
      if stderr.count > Self.kept { stderr.removeFirst(Self.kept / 2) }
    case .finding(let sentence, _):
      if oddities.count < Self.kept, !oddities.contains(sentence) { oddities.append(sentence) }
    default: break
    }
  }
}

extension OperationFailure {
  /// It ended because nobody waited for it any longer.
  fileprivate var isCut: Bool { kind == .interrupted || reason == "cancelled" }

  fileprivate func cut(after limit: Duration) -> OperationFailure {
    var failure = self
    failure.kind = .timedOut
    failure.details["reason"] = "too-slow"
    failure.sentence += ": given up after \(limit.roundedMilliseconds) ms"
    return failure
  }
}

/// Gives work a limit: past it the work is cancelled, and what it returns then counts.
@LoopActor
enum Deadline {
  /// What came of work that can fail; where the limit cut it short, that is what it says.
  static func result<Value: Sendable>(
    _ limit: Duration, on clock: any LoopClock,
    _ work: @escaping @LoopActor () async throws(OperationFailure) -> Value
  ) async -> Result<Value, OperationFailure> {
    let started = clock.now
    return await hold(limit, on: clock) {
      do throws(OperationFailure) { return .success(try await work()) } catch {
        let isOver = started.duration(to: clock.now) >= limit
        return .failure(isOver && error.isCut ? error.cut(after: limit) : error)
      }
    }
  }

  static func hold<Value: Sendable>(
    _ limit: Duration, on clock: any LoopClock, _ work: @escaping @LoopActor () async -> Value
  ) async -> Value {
    let task = Task { @LoopActor in await work() }
    let timer = clock.timer(after: limit) { task.cancel() }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }
}

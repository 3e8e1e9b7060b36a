import JSON
import MCPProtocol

/// Follows one task from poll to poll. Pure.
struct TaskWatch: Sendable {
  let shape: TaskShape
  /// Keys of input requests that were asked of the user already; they come again with every poll.
  private var asked: Set<String> = []
  private var wait = Duration.seconds(1)

  init(shape: TaskShape) { self.shape = shape }

  enum Next: Sendable, Equatable {
    case poll(after: Duration)
    /// Ask for the result by itself; the answer waits until the task has ended.
    case fetchResult
    case ask([InputRequest])
    case finished(JSON)
    case failed
    case cancelled
  }

  private static let longest = Duration.seconds(5)
  /// What a server may ask for, in milliseconds: nobody waits for days because of a slip.
  private static let intervals = 50...60_000

  mutating func next(_ state: TaskState) -> Next {
    switch state.status {
    case .cancelled: .cancelled
    case .completed: shape == .core ? .fetchResult : state.result.map { .finished($0) } ?? .failed
    case .failed: shape == .core ? .fetchResult : failed(state)
    case .inputRequired where shape == .core: .fetchResult
    case .inputRequired: input(state)
    default: poll(state)
    }
  }

  /// A tool's own failure may come as the result that it is.
  private func failed(_ state: TaskState) -> Next {
    guard let result = state.result, result.saysError else { return .failed }
    return .finished(result)
  }

  private mutating func input(_ state: TaskState) -> Next {
    let fresh = (state.inputRequests?.members ?? []).filter { asked.insert($0.key).inserted }
    guard !fresh.isEmpty else { return poll(state) }
    return .ask(fresh.map { InputRequest(key: $0.key, entry: $0.value) })
  }

  /// The server's own interval, or a growing one where it names none.
  private mutating func poll(_ state: TaskState) -> Next {
    if let interval = state.pollInterval, interval > 0 {
      let bounded = min(max(interval, Self.intervals.lowerBound), Self.intervals.upperBound)
      return .poll(after: .milliseconds(bounded))
    }
    defer { wait = min(wait * 2, Self.longest) }
    return .poll(after: wait)
  }
}

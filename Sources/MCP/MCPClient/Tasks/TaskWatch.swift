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
  private static let shortest = Duration.milliseconds(50)

  mutating func next(_ state: TaskState) -> Next {
    switch state.status {
    case .cancelled: .cancelled
    case .completed: shape == .core ? .fetchResult : state.result.map { .finished($0) } ?? .failed
    case .failed: shape == .core ? .fetchResult : .failed
    case .inputRequired where shape == .core: .fetchResult
    case .inputRequired: input(state)
    default: poll(state)
    }
  }

  private mutating func input(_ state: TaskState) -> Next {
    let fresh = (state.inputRequests?.members ?? []).filter { asked.insert($0.key).inserted }
    guard !fresh.isEmpty else { return poll(state) }
    return .ask(fresh.map { InputRequest(key: $0.key, entry: $0.value) })
  }

  /// The server's own interval, or a growing one where it names none.
  private mutating func poll(_ state: TaskState) -> Next {
    if let interval = state.pollInterval, interval > 0 {
      return .poll(after: max(.milliseconds(interval), Self.shortest))
    }
    defer { wait = min(wait * 2, Self.longest) }
    return .poll(after: wait)
  }
}

import EventLoop
package import JSON
package import JSONRPC
package import MCPProtocol

/// How one call is to be made.
package struct CallOptions: Sendable {
  /// Nil takes the session's.
  package var limits: TimeLimits?
  package var tasks: TaskPolicy
  package var meta: JSONObject
  package var onProgress: (@LoopActor @Sendable (ProgressUpdate) -> Void)?
  /// Told the id of every request sent, repeats and rounds included.
  package var onSent: (@LoopActor @Sendable (RPCID) -> Void)?

  package init(
    limits: TimeLimits? = nil, tasks: TaskPolicy = .wait, meta: JSONObject = JSONObject(),
    onProgress: (@LoopActor @Sendable (ProgressUpdate) -> Void)? = nil,
    onSent: (@LoopActor @Sendable (RPCID) -> Void)? = nil
  ) {
    self.limits = limits
    self.tasks = tasks
    self.meta = meta
    self.onProgress = onProgress
    self.onSent = onSent
  }
}

/// What to do when a call becomes a task.
package enum TaskPolicy: Sendable, Hashable {
  /// Follow it to its end and give its result.
  case wait
  /// Give the task's first state as the answer.
  case handOver
}

/// The answer to a call.
package struct Answer: Sendable, Hashable {
  /// The result as received; for a task handed over, the reply that named it.
  package var result: JSON
  /// The same as it was written; nil where no frame holds it by itself.
  package var text: JSONText?
  package var task: TaskState?
  package var issues: [ModelIssue]
  /// How many times the server asked for input first.
  package var rounds: Int
  /// Size of the frames that brought it.
  package var bytes: Int

  package init(
    result: JSON, text: JSONText? = nil, task: TaskState? = nil, issues: [ModelIssue] = [],
    rounds: Int = 0,
    bytes: Int = 0
  ) {
    self.result = result
    self.text = text
    self.task = task
    self.issues = issues
    self.rounds = rounds
    self.bytes = bytes
  }
}

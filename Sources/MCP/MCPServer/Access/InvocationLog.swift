package import EventLoop
package import JSON

/// Takes one event for every invocation, refused ones included. The answer leaves when `then` was called.
@LoopActor
package protocol InvocationLog: AnyObject, Sendable {
  func record(_ event: InvocationEvent, then: @escaping @LoopActor (Recording) -> Void)
}

/// Whether an event is safe.
package enum Recording: Sendable, Hashable {
  case kept
  /// The event is lost; the caller gets an error in place of the answer.
  case lost(String)
}

/// One invocation: who, what, with which outcome.
package struct InvocationEvent: Sendable {
  package var time: WallTime
  package var caller: Caller
  package var kind: InvocationKind
  package var name: String
  package var isMutating: Bool
  /// As sent; whoever stores them masks secrets.
  package var arguments: JSON?
  package var outcome: InvocationOutcome
  package var duration: Duration
  package var requestID: String
  package var session: String?
  /// The W3C trace context, where the client sent one.
  package var traceparent: String?
  package var client: String?
  package var version: String
}

/// How an invocation ended.
package enum InvocationOutcome: Sendable, Hashable {
  case succeeded
  /// The tool said that it failed.
  case toolFailed(String)
  /// Answered by an error.
  case failed(code: Int, message: String)
  case denied(String)
  case cancelled
  /// Answered by a wish for input.
  case asked
  /// Goes on as a task.
  case task(id: String)
}

/// Writes nothing down.
@LoopActor
package final class NoLog: InvocationLog {
  package nonisolated init() {}

  package func record(_ event: InvocationEvent, then: @escaping @LoopActor (Recording) -> Void) {
    then(.kept)
  }
}

package import Audit
package import EventLoop

/// What the operator's views ask of the world; tests pass a scripted one.
@LoopActor
package protocol OperatorDesk: AnyObject, Sendable {
  /// Reads a log until it is stopped; one that cannot be read says so in its news.
  func openLog(
    _ source: LogSource, profile: LogProfile?, tell: @escaping @LoopActor (LogNews) -> Void
  ) -> any LogReading
}

/// A log that is being read.
@LoopActor
package protocol LogReading: AnyObject {
  func stop()
}

/// Something the operator's views want done outside the state.
package enum OperatorEffect: Sendable, Hashable {
  /// The number tells the news of one log from those of the log before.
  case openLog(LogSource, profile: String?, number: Int)
  case closeLog
}

/// What came of it.
package enum OperatorNews: Sendable, Hashable {
  case log(number: Int, LogNews)
}

package import Audit
package import EventLoop

/// What the operator's views ask of the world; tests pass a scripted one.
@LoopActor
package protocol OperatorDesk: AnyObject, Sendable {
  /// Reads a log until it is stopped; one that cannot be read says so in its news.
  func openLog(
    _ source: LogSource, profile: LogProfile?, tell: @escaping @LoopActor (LogNews) -> Void
  ) -> any LogReading
  /// Looks at the records, or changes them.
  func meet(_ wish: OfficeWish) async throws(OfficeRefusal) -> OfficeNews
  /// Signs in and out; what comes of it is told as it comes.
  func carryOut(_ wish: AuthWish, tell: @escaping @LoopActor (AuthNews) -> Void)
  /// Examines servers; each finding is told when it is made.
  func carryOut(_ wish: DiagnosisWish, tell: @escaping @LoopActor (DiagnosisNews) -> Void)
  func close()
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
  case office(OfficeWish)
  case auth(AuthWish)
  case diagnosis(DiagnosisWish)
}

/// What came of it.
package enum OperatorNews: Sendable, Hashable {
  case log(number: Int, LogNews)
  case office(OfficeNews)
  case refused(OfficeWish, OfficeRefusal)
  case auth(AuthNews)
  case diagnosis(DiagnosisNews)
}

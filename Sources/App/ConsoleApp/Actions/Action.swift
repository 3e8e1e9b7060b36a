package import JSON
package import Operations
package import TerminalCore

/// Something that happened. The reducer takes nothing else.
package enum Action: Sendable, Hashable {
  case started(notices: [String], target: ServerRow?, script: [String] = [])
  case input(TerminalInput)
  case resized(Size)
  case serversLoaded(ServerReport)
  /// News of a connection, of the attempt that it was made by.
  case link(Link.ID, attempt: Int, LinkNews)
  case call(CallRecord.ID, CallNews)
  /// The person's editor has ended: with the text, or nil where nothing is to be changed.
  case edited(EditGoal, String?)
  case editorFailed(String)
  case historyLoaded([PastCall])
  case historyFailed(String)
  /// Values that a field of that form may go on with, for the text it had.
  case completed(Screen, field: String, text: String, [String])
  /// What was kept when the window was open last.
  case keptLoaded(JSON)
  /// What was to be written stands in that file.
  case wrote(path: String, bytes: Int)
  /// What was made beside the loop is there.
  case worked(ResultWork.Done)
  /// A program of the system has it, in a sentence.
  case opened(String)
  /// Something that was asked of the world outside did not work.
  case refused(String)
  /// The window is drawn in another theme.
  case themed(String, SignSet, notices: [String])
  /// The next line of the script may be run.
  case scriptContinues
  case catalogChanged
  case targetFound(ServerRow)
  case targetRefused(String)
  case timerFired(TimerID)
  /// What came of something that the operator's views wanted.
  case operated(OperatorNews)
  /// Somebody outside the program asks to suspend it.
  case suspendRequested
}

/// What a connection tells.
package enum LinkNews: Sendable, Hashable {
  case opened(ConnectionFacts)
  case failed(OperationFailure)
  case told(ConnectionEvent)
  case passed(WireNews)
  case listed(ListReport, milliseconds: Double)
  case notListed(CatalogList, OperationFailure)
  case subscribed(uri: String, isOn: Bool)
  case notSubscribed(uri: String, OperationFailure)
  /// Bytes of memory that its process holds.
  case weighed(Int?)
}

/// The servers that were found, and what went wrong in looking.
package struct ServerReport: Sendable, Hashable {
  package var rows: [ServerRow]
  package var problems: [String]

  package init(rows: [ServerRow], problems: [String] = []) {
    self.rows = rows
    self.problems = problems
  }
}

/// The timers of the window; starting one again replaces it.
package enum TimerID: Sendable, Hashable, CaseIterable {
  case status
  case quitArmed
  /// A field has been at rest for a moment: its server may know how to go on.
  case completion
  /// A long JSON that is being typed is read.
  case reading
  /// The script waits.
  case script
  /// Something that runs shows its seconds.
  case tick
  /// An operator's view looks again at what changes by itself.
  case office
  /// A step of the tour takes too long.
  case tour
}

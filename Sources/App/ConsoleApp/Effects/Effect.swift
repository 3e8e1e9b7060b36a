package import MCPProtocol
package import Operations
package import Settings

/// Something to do outside the state. Only the runtime does it.
package enum Effect: Sendable, Hashable {
  case loadServers
  case connect(Link.ID, attempt: Int, ServerDefinition)
  case disconnect(Link.ID)
  case load(Link.ID, attempt: Int, CatalogList)
  case call(CallRecord.ID, Link.ID, CallRecord.Order)
  case cancelCall(CallRecord.ID)
  /// Have a text changed in the person's editor.
  case edit(String, suffix: String, EditGoal)
  case answer(Link.ID, Int, InputAnswer)
  case loadHistory(before: Int64)
  /// Make a server of words that a person typed.
  case findTarget(String)
  /// To the terminal's clipboard.
  case copy(String)
  case startTimer(TimerID, milliseconds: Int)
  case cancelTimer(TimerID)
  /// Clear the terminal, set its modes again and paint everything.
  case repaint
  case setMouse(Bool)
  case suspend
  case quit
}

/// What a text is edited for.
package enum EditGoal: Sendable, Hashable {
  /// The whole of a form.
  case form(Screen)
}

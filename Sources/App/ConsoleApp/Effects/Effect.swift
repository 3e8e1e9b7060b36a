package import JSON
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
  case edit(EditorText, EditGoal)
  case answer(Link.ID, Int, InputAnswer)
  case loadHistory(before: Int64)
  /// Make a server of words that a person typed.
  case findTarget(String)
  /// Show a text outside of the window until it was read.
  case show(String, ShowWay)
  case write(path: String, bytes: [UInt8])
  case open(Outside)
  /// Make something of a large answer beside the loop.
  case work(ResultWork)
  case subscribe(Link.ID, uri: String, isOn: Bool)
  /// Ask how much memory the process of a server holds.
  case weigh(Link.ID)
  /// `NAME TARGET`, for the catalog.
  case addServer(String)
  case importServer(ServerDefinition)
  /// Ask the server for values of a field, for what is typed of it.
  case complete(Link.ID, CompletionQuestion, Screen)
  /// Keep something until the window is opened again.
  case keep(JSON)
  case useTheme(String)
  /// Tell when everything before this has been set going.
  case continueScript
  /// To the terminal's clipboard.
  case copy(String)
  case startTimer(TimerID, milliseconds: Int)
  case cancelTimer(TimerID)
  /// Clear the terminal, set its modes again and paint everything.
  case repaint
  case setMouse(Bool)
  /// Ask the terminal how it shows pictures.
  case askForPictures
  case suspend
  case quit
  /// What the operator's views want.
  case operate(OperatorEffect)
}

/// How a text is shown outside of the window.
package enum ShowWay: Sendable, Hashable {
  /// Printed, until Enter.
  case plainly
  case pager
}

/// What a text is edited for.
package enum EditGoal: Sendable, Hashable {
  /// The whole of a form.
  case form(Screen)
  /// One of its answers, by its place.
  case field(Screen, path: [String])
  /// A request to send to that connection.
  case request(Link.ID)
}

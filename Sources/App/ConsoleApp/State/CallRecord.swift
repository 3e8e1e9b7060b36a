package import JSON
package import Operations

/// One thing that was asked of a server, from the key to the answer.
package struct CallRecord: Sendable, Hashable, Identifiable {
  package typealias ID = Int

  /// What was asked.
  package enum Order: Sendable, Hashable {
    case tool(String, arguments: JSON?, schema: JSON?)
    case resource(uri: String)
    case prompt(String, arguments: JSONObject?)
    /// A request of the person's own making.
    case raw(String, params: JSON?)
  }

  enum Phase: Sendable, Hashable {
    case running
    case done(CallReport)
    case failed(OperationFailure)
    case cancelled
  }

  package let id: ID
  let link: Link.ID
  let server: String
  let order: Order
  let started: ConsoleTime
  var phase = Phase.running
  var progress: CallProgress?
  /// How the answer breaks the schema that was promised for it, a sentence each.
  var violations: [String] = []

  var isRunning: Bool { phase == .running }

  var name: String {
    switch order {
    case .tool(let name, _, _): name
    case .resource(let uri): uri
    case .prompt(let name, _): name
    case .raw(let method, _): method
    }
  }

  var arguments: JSON? {
    switch order {
    case .tool(_, let arguments, _): arguments
    case .resource: nil
    case .prompt(_, let arguments): arguments.map { .object($0) }
    case .raw(_, let params): params
    }
  }

  /// The arguments with secrets that were typed masked: for screens, logs, files and the clipboard.
  var shownArguments: JSON? {
    guard case .tool(_, let arguments?, let schema?) = order else { return arguments }
    return FormSecrets.masked(arguments, schema)
  }

  /// The form that it is sent from; resources have none that is known afterwards.
  var form: Screen? {
    switch order {
    case .tool(let name, _, _): Screen(.form, link: link, subject: name)
    case .prompt(let name, _): Screen(.promptForm, link: link, subject: name)
    case .resource, .raw: nil
    }
  }

  func isCall(of tool: String) -> Bool {
    if case .tool(tool, _, _) = order { true } else { false }
  }

  var report: CallReport? { if case .done(let report) = phase { report } else { nil } }
}

/// How far a call is, as its server tells it.
package struct CallProgress: Sendable, Hashable {
  package var fraction: Double?
  package var message: String?

  package init(fraction: Double?, message: String?) {
    self.fraction = fraction
    self.message = message
  }
}

/// News of a call.
package enum CallNews: Sendable, Hashable {
  case progress(CallProgress)
  case answered(CallReport)
  case failed(OperationFailure)
}

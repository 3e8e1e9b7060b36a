package import EventLoop
package import HTTP
package import JSON
import MCPProtocol

/// Where the sessions of several servers behind one address are: each is at work in one of them.
@LoopActor
package protocol SessionDirectory: AnyObject, Sendable {
  /// Returns once the session can be found from everywhere; false where it cannot be written down.
  func keep(_ session: KnownSession) async -> Bool

  /// Finds a session that is not at work here. One whose server has gone is taken over.
  func find(_ id: String) async -> SessionPlace

  /// Has another server answer; false where it has gone and nothing was answered.
  func pass(_ request: HTTPServerRequest, _ responder: HTTPResponder, to place: SessionPlace) async
    -> Bool

  /// Whether a request that another server passed on was meant for this one; nil where nobody passed it on.
  func isMeant(_ request: HTTPServerRequest) -> Bool?

  func note(_ session: KnownSession)
  func forget(_ id: String)
  /// Notes which are in use, by now and then.
  func touch(_ ids: [String])
}

/// A session in the words that any server can open it again with.
package struct KnownSession: Sendable {
  package let id: String
  package let principal: String
  /// The parameters of its `initialize`.
  package let opening: JSON
  /// What the client has asked for since.
  package let state: JSON

  package init(id: String, principal: String, opening: JSON, state: JSON) {
    self.id = id
    self.principal = principal
    self.opening = opening
    self.state = state
  }
}

/// Where a session is.
package enum SessionPlace: Sendable {
  case nowhere
  /// It was taken over, and is this server's from now on.
  case here(KnownSession)
  /// At work in the server of that name and address.
  case elsewhere(name: String, address: String)
  /// Nobody can tell just now.
  case unknown
}

extension ServerSession {
  /// What is kept of it beyond this process; nil for one that was opened in no words that can be repeated.
  var known: KnownSession? {
    guard let opening else { return nil }
    let level = logLevel.map { JSON.string($0.rawValue) } ?? .null
    return KnownSession(
      id: id, principal: caller.owner, opening: opening,
      state: ["level": level, "watched": .array(subscriptions.sorted().map(JSON.string))])
  }

  /// Goes on with what the client asked for elsewhere.
  func resume(_ state: JSON) {
    isInitialized = true
    logLevel = state["level"]?.string.flatMap(LogLevel.init(rawValue:))
    subscriptions = Set(state["watched"]?.array?.compactMap(\.string) ?? [])
  }
}

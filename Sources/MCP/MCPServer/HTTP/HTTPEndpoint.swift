package import EventLoop
package import HTTP
import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// The one address at which every revision is served over HTTP.
@LoopActor
package final class HTTPEndpoint {
  let server: Server
  let settings: EndpointSettings
  private let origins: OriginGuard
  var sessions: [String: HTTPSession] = [:]
  var legacyLinks: [String: ServerLink] = [:]
  /// Where the sessions of other servers are, where several share them.
  package var directory: (any SessionDirectory)? { didSet { announceTasks() } }
  private var sweep: LoopTimer?

  package init(_ server: Server, _ settings: EndpointSettings = EndpointSettings()) {
    self.server = server
    self.settings = settings
    origins = OriginGuard(settings.origins)
  }

  /// How long a session lives that nobody uses.
  package var sessionIdle: Duration { settings.sessionIdle }

  /// The first of its paths.
  package var path: String { settings.paths.first ?? "/" }

  /// The rows under which a server finds it.
  package var routes: [HTTPRoute] {
    (settings.paths + (settings.hasLegacyStream ? Self.legacyPaths : [])).map { path in
      HTTPRoute(methods(path[...]), path, refusesItself: true) { [self] in handle($0, $1) }
    }
  }

  package func handle(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    let head = head(of: request)
    let call = EndpointCall(request: request, head: head, responder: responder)
    if let refusal = head.foreign {
      server.gate.turnedAway(head.credentials, refusal)
      return call.refuse(403, refusal)
    }
    guard head.isAllowed else {
      return call.refuse(
        405, "\(request.method) is not answered here.",
        fields: ["Allow": methods(request.path).joined(separator: ", ")])
    }
    if let caller = server.gate.known(head.credentials) { return admit(call, caller) }
    server.gate.admit(head.credentials) { [self] admission in
      switch admission {
      case .refused(let refusal):
        call.refuse(
          refusal.status, refusal.text, RPCErrorCode(rawValue: refusal.status),
          fields: refusal.fields)
      case .admitted(let caller): admit(call, caller)
      }
    }
  }

  private func head(of request: HTTPServerRequest) -> EndpointHead {
    if let known = request.notes.note(of: self, as: EndpointHead.self) { return known }
    let head = EndpointHead(
      request, origins, isAllowed: methods(request.path).contains(request.method),
      isLegacy: isLegacy(request.path), server.classifier)
    request.notes.set(head, of: self)
    return head
  }

  private func methods(_ path: Substring) -> [String] {
    if isLegacy(path) { return path == Self.legacyStream ? ["GET"] : ["POST"] }
    return settings.pushes ? ["POST", "GET", "DELETE"] : ["POST", "DELETE"]
  }

  private func admit(_ call: EndpointCall, _ caller: Caller) {
    if call.head.isLegacy { return serveLegacy(call, caller) }
    if let directory { return locate(call, caller, directory) }
    proceed(call, caller)
  }

  func proceed(_ call: EndpointCall, _ caller: Caller) {
    switch call.request.method {
    case "POST": post(call, caller)
    case "GET": push(call, caller)
    default: delete(call, caller)
    }
  }

  // MARK: - Sessions

  /// The session a request names. What is not the caller's own does not exist for it.
  func session(_ call: EndpointCall, _ caller: Caller) -> HTTPSession? {
    guard let id = call.head.session else {
      call.refuse(400, "The header \(HeaderName.session) is missing.")
      return nil
    }
    guard let found = call.head.openSession ?? sessions[id],
      found.session.caller.owner == caller.owner
    else {
      call.refuse(404, "There is no such session.")
      return nil
    }
    call.head.openSession = found
    return found
  }

  func add(_ session: ServerSession) -> HTTPSession {
    let book = StreamBook(settings)
    let added = HTTPSession(session: session, book: book)
    sessions[session.id] = added
    session.onNote = { [weak self, weak session] in
      if let session { self?.note(session) }
    }
    session.push = { message in
      book.push.send(message)
      book.trim()
    }
    scheduleSweep()
    return added
  }

  /// Whether one more session can be had; the one that was idle longest gives way.
  func hasRoom() -> Bool {
    if sessions.count < settings.sessionLimit { return true }
    let idle = sessions.values.filter(\.isIdle)
    guard let oldest = idle.min(by: { $0.session.lastUse < $1.session.lastUse }) else {
      return false
    }
    end(oldest)
    return true
  }

  func end(_ session: HTTPSession) {
    directory?.forget(session.session.id)
    close(session)
  }

  private func close(_ session: HTTPSession) {
    sessions[session.session.id] = nil
    server.close(session.session)
    session.book.close()
  }

  private func scheduleSweep() {
    guard sweep == nil else { return }
    sweep = server.clock.timer(after: settings.sessionIdle / 10) { [weak self] in
      self?.sweep = nil
      self?.sweepIdle()
    }
  }

  private func sweepIdle() {
    let limit = server.clock.now.advanced(by: .zero - settings.sessionIdle)
    for session in Array(sessions.values) where session.isIdle && session.session.lastUse < limit {
      end(session)
    }
    guard !sessions.isEmpty else { return }
    directory?.touch(sessions.values.filter { !($0.session.lastUse < limit) }.map(\.session.id))
    scheduleSweep()
  }

  /// Ends listeners with their results, and all streams. Sessions that others can go on with are left to them.
  package func drain() {
    server.stopListening { $0.sink.isHTTP }
    for session in Array(sessions.values) { close(session) }
    for link in legacyLinks.values { link.close() }
    legacyLinks = [:]
    sweep = nil
  }
}

/// A session of the handshake era with its streams.
struct HTTPSession {
  let session: ServerSession
  let book: StreamBook

  @LoopActor
  var isIdle: Bool { session.exchanges.isEmpty && !book.isConnected }

  /// Whether streams begin with an id, so that a client can come back before the first message.
  @LoopActor
  var primes: Bool { session.codec.features.has(.streamPolling) }
}

/// One HTTP request with the way back.
struct EndpointCall: Sendable {
  let request: HTTPServerRequest
  let head: EndpointHead
  let responder: HTTPResponder

  func header(_ name: String) -> String? { request.headers[name] }

  var headerCheck: HeaderCheck {
    let headers = request.headers
    return HeaderCheck { headers.all($0) }
  }

  /// Refuses before any message was understood; the body is an error without an id.
  @LoopActor
  func refuse(
    _ status: Int, _ text: String, _ code: RPCErrorCode = .invalidRequest,
    fields: HTTPFields = HTTPFields()
  ) {
    refuse(status, RPCError(code: code, message: text), id: nil, fields: fields)
  }

  @LoopActor
  func refuse(_ objection: AccessRefusal) {
    refuse(objection.status, objection.text, fields: objection.fields)
  }

  @LoopActor
  func refuse(_ fault: ServerFault, id: RPCID?, status: Int? = nil) {
    refuse(status ?? max(fault.status(), 400), fault.error(), id: id)
  }

  @LoopActor
  private func refuse(
    _ status: Int, _ error: RPCError, id: RPCID?, fields: HTTPFields = HTTPFields()
  ) {
    responder.respond(
      status: status, headers: fields.overlaid(with: PostSink.json),
      body: MessageText.refusal(error, id: id))
  }
}

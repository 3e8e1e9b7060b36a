import EventLoop
import HTTP
import HTTPCore
import JSON
import JSONRPC
import MCPEras

/// Sessions that other servers of the same address have at work.
extension HTTPEndpoint {
  /// Sees to it that the session a request names is here, or has the request answered where it is.
  func locate(_ call: EndpointCall, _ caller: Caller, _ directory: any SessionDirectory) {
    guard let id = call.head.session, call.head.openSession == nil, sessions[id] == nil else {
      return proceed(call, caller)
    }
    // What was passed on to a server by another's name is told so, and the other one looks again.
    if let isMeant = directory.isMeant(call.request) {
      return isMeant ? proceed(call, caller) : call.refuse(421, "The session is not here.")
    }
    Task { await locate(id, call, caller, directory) }
  }

  private func locate(
    _ id: String, _ call: EndpointCall, _ caller: Caller, _ directory: any SessionDirectory
  ) async {
    for _ in 0..<Self.looks {
      let place = await directory.find(id)
      if sessions[id] != nil { return proceed(call, caller) }
      switch place {
      case .nowhere: return proceed(call, caller)
      case .here(let known):
        adopt(known, caller)
        return proceed(call, caller)
      case .elsewhere:
        if await directory.pass(call.request, call.responder, to: place) { return }
      case .unknown:
        return call.refuse(
          503, "The sessions cannot be looked up just now.", fields: ["Retry-After": "1"])
      }
    }
    call.refuse(503, "The session's server cannot be reached.", fields: ["Retry-After": "1"])
  }

  /// A server that has gone is found out by the first look and its sessions are taken over by the second.
  private static let looks = 3

  /// Opens it again, for the caller it belongs to; anybody else finds no session of that id.
  private func adopt(_ known: KnownSession, _ caller: Caller) {
    guard known.principal == caller.owner, hasRoom() else { return }
    do throws(ServerFault) {
      let session = try server.openSession(known.opening, caller: caller, id: known.id)
      session.resume(known.state)
      _ = add(session)
    } catch {
      // A revision that is offered no more: for the client the session has ended.
      directory?.forget(known.id)
    }
  }

  /// Notes what a session has become, where others may have to go on with it.
  func note(_ session: ServerSession) {
    guard let directory, sessions[session.id] != nil, let known = session.known else { return }
    directory.note(known)
  }

  // MARK: - Tasks of requests that stand alone

  /// They are found like sessions, each by itself.
  func announceTasks() {
    guard let directory else {
      server.announceTask = nil
      return
    }
    server.announceTask = { task, then in
      let known = KnownSession(
        id: Self.place(ofTask: task.id), principal: task.owner, opening: .null, state: .null)
      Task {
        // Where it cannot be written down, it can still be asked for here.
        _ = await directory.keep(known)
        then()
      }
    }
  }

  private static func place(ofTask id: String) -> String { "task:" + id }

  /// Has a request about a task answered where the task is; `serve` answers here.
  func locate(
    taskOf request: RPCRequest, _ call: EndpointCall, serve: @escaping @LoopActor () -> Void
  ) {
    guard let directory, request.method.hasPrefix("tasks/"),
      let id = request.params?["taskId"]?.string, server.tasks[id] == nil
    else { return serve() }
    if let isMeant = directory.isMeant(call.request) {
      return isMeant ? serve() : call.refuse(421, "The task is not here.")
    }
    Task {
      let place = await directory.find(Self.place(ofTask: id))
      if case .elsewhere = place, await directory.pass(call.request, call.responder, to: place) {
        return
      }
      serve()
    }
  }

  /// Answers an opening once the session can be found from everywhere.
  func keep(_ session: ServerSession, _ call: EndpointCall, then: @escaping @LoopActor () -> Void) {
    guard let directory, let known = session.known else { return then() }
    Task {
      if await directory.keep(known) { return then() }
      if let added = sessions[session.id] { end(added) }
      call.refuse(503, "The session cannot be kept just now.", fields: ["Retry-After": "1"])
    }
  }
}

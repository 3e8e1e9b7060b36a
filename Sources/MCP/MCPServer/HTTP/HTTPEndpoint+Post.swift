import EventLoop
import HTTP
import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension HTTPEndpoint {
  func post(_ call: EndpointCall, _ caller: Caller) {
    if let objection = call.head.bodyObjection { return call.refuse(objection) }
    do throws(JSONError) {
      let json = try JSON.parse(call.request.body)
      switch RPCFrame(json) {
      case .single(let received): take(received, call, caller)
      case .batch(let messages): take(messages, call, caller)
      }
    } catch {
      call.refuse(.parse("the body is not JSON: \(error.sentence)"), id: nil)
    }
  }

  private func take(_ received: RPCReceived, _ call: EndpointCall, _ caller: Caller) {
    guard let message = received.sound else {
      let id = received.message?.id
      return call.refuse(received.objection, id: id, status: 400)
    }
    do throws(ServerFault) {
      let kind = try server.classifier.kind(
        of: message, named: call.head.version)
      switch (kind, message) {
      case (.stateless(let codec), .request(let request)):
        locate(taskOf: request, call) { [self] in serve(request, codec, call, caller) }
      case (.stateless, _): call.accepted()
      case (.opening, .request(let request)): try open(request, call, caller)
      case (_, .request(let request)): serve(request, call, caller)
      case (_, .notification(let notification)):
        guard let found = session(call, caller) else { return }
        found.session.receive(notification)
        call.accepted()
      case (_, .response(let response)):
        guard let found = session(call, caller) else { return }
        found.session.receive(response)
        call.accepted()
      }
    } catch {
      call.refuse(error, id: message.id)
      if case .request(let request) = message { server.logUnserved(request, caller, error) }
    }
  }

  // MARK: - Requests

  /// One that stands alone: closing its answer cancels it.
  private func serve(
    _ request: RPCRequest, _ codec: any EraCodec, _ call: EndpointCall, _ caller: Caller
  ) {
    let exchange = Exchange(
      server, request, codec: codec, caller: caller, sink: PostSink(call.responder),
      headers: call.headerCheck)
    server.serve(exchange)
    guard !exchange.isOver else { return }
    call.responder.onClosed = { [weak exchange] in exchange?.cancel() }
  }

  private func open(
    _ request: RPCRequest, _ call: EndpointCall, _ caller: Caller
  ) throws(ServerFault) {
    guard hasRoom() else {
      return call.refuse(503, "There are too many sessions.", fields: ["Retry-After": "60"])
    }
    let session = try server.openSession(request.params, caller: caller)
    let added = add(session)
    let fields: HTTPFields = [HeaderName.session: session.id]
    let sink = PostSink(call.responder, fields: fields, book: added.book)
    keep(session, call) { session.receive(request, sink: sink) }
  }

  private func serve(_ request: RPCRequest, _ call: EndpointCall, _ caller: Caller) {
    guard let found = session(call, caller) else {
      return server.logUnserved(request, caller, .invalidRequest("there is no such session"))
    }
    let sink = PostSink(call.responder, book: found.book, primes: found.primes)
    found.session.receive(request, from: caller, sink: sink, headers: call.headerCheck)
  }

  // MARK: - The session's own stream, and its end

  func push(_ call: EndpointCall, _ caller: Caller) {
    guard let found = session(call, caller, to: "listen to") else { return }
    found.session.lastUse = server.clock.now
    guard call.head.takesEvents else {
      return call.refuse(406, "Accept must name text/event-stream.")
    }
    if let id = call.header("Last-Event-ID"), let (stream, event) = found.book.find(id) {
      return stream.attach(call.responder, fields: HTTPFields(), after: event)
    }
    guard !found.book.push.isConnected else {
      return call.refuse(409, "The session has a stream already.")
    }
    found.book.push.attach(call.responder, fields: HTTPFields(), primes: found.primes)
  }

  func delete(_ call: EndpointCall, _ caller: Caller) {
    guard let found = session(call, caller, to: "end") else { return }
    end(found)
    // Some clients take no other success for one.
    call.responder.respond(status: 200)
  }

  /// For what only sessions have: to a request that stands alone, or that nothing is said of, the method is unknown.
  private func session(
    _ call: EndpointCall, _ caller: Caller, to what: String
  ) -> HTTPSession? {
    guard call.head.session != nil, call.head.version?.isStateless != true else {
      call.refuse(405, "There is no session to \(what).", fields: ["Allow": "POST"])
      return nil
    }
    do throws(ServerFault) {
      try server.classifier.check(call.head.version)
      return session(call, caller)
    } catch {
      call.refuse(error, id: nil)
      return nil
    }
  }
}

extension EndpointCall {
  @LoopActor
  func accepted() { responder.respond(status: 202) }
}

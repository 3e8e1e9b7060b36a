import EventLoop
import HTTP
import HTTPCore
import JSONRPC
import MCPEras

/// The transport of the first revision: a stream that stays open, and another address to post to.
extension HTTPEndpoint {
  static let legacyStream = "/sse"
  private static let legacyPost = "/messages"

  static let legacyPaths = [legacyStream, legacyPost, legacyPost + "/"]

  func isLegacy(_ path: Substring) -> Bool {
    settings.hasLegacyStream && Self.legacyPaths.contains { path == $0 }
  }

  func serveLegacy(_ call: EndpointCall, _ caller: Caller) {
    if call.request.path == Self.legacyStream {
      openLegacy(call, caller)
    } else {
      postLegacy(call, caller)
    }
  }

  private func openLegacy(_ call: EndpointCall, _ caller: Caller) {
    guard legacyLinks.count < settings.sessionLimit else {
      return call.refuse(503, "There are too many sessions.", fields: ["Retry-After": "60"])
    }
    let id = server.surroundings.token()
    let responder = call.responder
    responder.begin(
      status: 200,
      headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-cache"])
    responder.write(
      EventStreamWriter.event(
        ServerSentEvent(type: "endpoint", data: "\(Self.legacyPost)?session_id=\(id)")))
    let link = ServerLink(
      server, caller: caller, isCongested: { responder.pendingBytes > PostSink.congestion }
    ) { message in
      responder.write(EventStreamWriter.event(ServerSentEvent(type: "message", data: message)))
    }
    legacyLinks[id] = link
    responder.onClosed = { [weak self] in self?.legacyLinks.removeValue(forKey: id)?.close() }
  }

  private func postLegacy(_ call: EndpointCall, _ caller: Caller) {
    let items = FormEncoding.decode(call.request.query ?? "")
    guard let id = items.first(where: { $0.0 == "session_id" })?.1 else {
      return call.refuse(400, "The parameter session_id is missing.")
    }
    guard let link = legacyLinks[id], link.caller.owner == caller.owner else {
      return call.refuse(404, "There is no such session.")
    }
    if let objection = call.head.bodyObjection { return call.refuse(objection) }
    call.responder.respond(status: 202)
    link.receive(call.request.body, from: caller)
  }
}

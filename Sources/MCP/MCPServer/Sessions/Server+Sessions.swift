import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension Server {
  /// Opens a session by an `initialize`; its answer is `opening(_:)` in the session's codec.
  func openSession(
    _ params: JSON?, caller: Caller, id: String? = nil
  ) throws(ServerFault) -> ServerSession {
    let wish = try OpeningWish(params)
    guard let version = wish.answer(offered: settings.offered), let codec = codec(for: version)
    else {
      throw .unsupportedVersion(requested: wish.requested, supported: settings.offered)
    }
    let session = ServerSession(
      self, id: id ?? surroundings.token(), caller: caller, codec: codec, client: wish.client)
    session.opening = params
    sessions[session.id] = session
    return session
  }

  func close(_ session: ServerSession) {
    sessions[session.id] = nil
    session.close()
  }

  func subscribe(_ uri: String, _ wanted: Bool, _ exchange: Exchange) throws(ServerFault) {
    guard let session = exchange.session else { throw .methodMissing(exchange.request.method) }
    if wanted {
      guard registry.reader(of: uri, for: exchange.caller) != nil else {
        throw .resourceMissing(uri: uri)
      }
      guard session.subscriptions.count < settings.subscriptionsPerSession else {
        throw .invalidRequest("the session watches too many resources already")
      }
      session.subscriptions.insert(uri)
    } else {
      session.subscriptions.remove(uri)
    }
    session.onNote?()
    exchange.answer(body: JSONObject())
  }
}

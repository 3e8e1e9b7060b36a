import EventLoop
import HTTP
import HTTPCore
import Sessions

/// Passes a request on to the server that has its session, and the answer back as it comes.
@LoopActor
final class RequestRelay {
  /// Names the run of a server that a request is passed on to; what carries it is not passed on again.
  nonisolated static let field = "Alidade-Home"

  private let client = HTTPClient()
  private let authorities: String?

  /// `authorities` is a PEM file of whom to trust, where the servers speak TLS.
  init(authorities: String?) { self.authorities = authorities }

  func close() { client.close() }

  /// False where that run cannot be reached; then nothing was answered.
  func pass(
    _ request: HTTPServerRequest, _ responder: HTTPResponder, to home: SessionHome
  ) async -> Bool {
    guard let onward = onward(request, to: home) else { return false }
    let exchange = client.send(onward)
    responder.onClosed = { exchange.cancel() }
    do throws(HTTPError) {
      let head = try await exchange.head()
      if head.status == 421 { return false }
      try await answer(responder, head, exchange)
      return true
    } catch {
      if error.failure.wasNeverSent { return false }
      responder.refuse(502, "The session's server has gone in the middle of the request.")
      responder.abort()
      return true
    }
  }

  private func answer(
    _ responder: HTTPResponder, _ head: HTTPResponseHead, _ exchange: HTTPExchange
  ) async throws(HTTPError) {
    guard head.mediaType?.isEventStream == true else {
      let body = try await exchange.body()
      return responder.respond(status: head.status, headers: head.fields, body: body)
    }
    responder.begin(status: head.status, headers: head.fields)
    while let piece = try await exchange.chunk() { responder.write(piece) }
    responder.finish()
  }

  /// Host and page were looked at here: the other server is asked by its own name.
  private func onward(_ request: HTTPServerRequest, to home: SessionHome) -> HTTPRequest? {
    var options = HTTPRequestOptions()
    options.limits = HTTPLimits(connect: .seconds(2))
    options.tls.authorities = authorities
    options.acceptsCompression = false
    let own = ["host", "origin", "connection", "content-length", "expect", "keep-alive", "upgrade"]
    var fields = HTTPFields(
      request.headers.lines.filter { line in
        line.isSendable && !own.contains { line.name.equalsIgnoringASCIICase($0) }
      })
    fields[Self.field] = home.name
    do throws(WebURLError) {
      let url = try WebURL(home.address + request.target)
      return HTTPRequest(
        request.method, url, fields: fields, body: request.body, options: options)
    } catch { return nil }
  }
}

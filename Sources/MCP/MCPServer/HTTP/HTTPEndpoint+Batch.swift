import JSONRPC
import MCPEras

/// Several messages in one body, which one revision has.
extension HTTPEndpoint {
  func take(_ messages: [RPCReceived], _ call: EndpointCall, _ caller: Caller) {
    do throws(ServerFault) {
      guard call.head.version?.isStateless != true else { throw Self.noBatches }
      try server.classifier.check(call.head.version)
      guard let found = session(call, caller) else { return }
      let isOpening = messages.contains { $0.message?.method == "initialize" }
      guard found.session.codec.features.has(.batches), !isOpening else { throw Self.noBatches }
      take(messages, in: found, call, caller)
    } catch {
      call.refuse(error, id: nil, status: 400)
    }
  }

  private static let noBatches = ServerFault.invalidRequest(
    "batches are no part of this conversation")

  private func take(
    _ messages: [RPCReceived], in found: HTTPSession, _ call: EndpointCall, _ caller: Caller
  ) {
    let answered = messages.count { $0.isAnswered }
    if answered == 0 { call.accepted() }
    let post = PostSink(call.responder, book: found.book, primes: found.primes)
    let status = messages.allSatisfy { $0.sound == nil } ? 400 : 200
    let batch = BatchCollector(count: answered) { answers in
      guard let answers else { return post.abandon() }
      post.answer(answers, AnswerFrame(status: status))
    }
    for received in messages {
      switch received.sound {
      case .request(let request):
        found.session.receive(request, from: caller, sink: batch.sink { post.tell($0) })
      case .notification(let notification): found.session.receive(notification)
      case .response(let response): found.session.receive(response)
      case nil:
        batch.take(MessageText.refusal(received.objection.error(), id: received.message?.id))
      }
    }
  }
}

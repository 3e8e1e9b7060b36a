package import EventLoop
package import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// One byte stream with a client, both ways and of both eras: standard input and output, or a stream that is used alike.
@LoopActor
package final class ServerLink {
  private let server: Server
  /// Who sent what came last.
  private(set) var caller: Caller
  private let write: @LoopActor ([UInt8]) -> Void
  private let isCongested: @LoopActor () -> Bool
  private var session: ServerSession?
  /// Requests that stand alone, under way.
  private var exchanges = InFlight()
  private var isClosed = false
  /// Called whenever the last request under way has been answered.
  private var onIdle: (@LoopActor () -> Void)?

  /// `write` takes whole messages without a line's end.
  package init(
    _ server: Server, caller: Caller, isCongested: @escaping @LoopActor () -> Bool = { false },
    write: @escaping @LoopActor ([UInt8]) -> Void
  ) {
    self.server = server
    self.caller = caller
    self.isCongested = isCongested
    self.write = write
  }

  package func receive(_ bytes: [UInt8]) {
    do throws(JSONError) {
      receive(try JSON.parse(bytes))
    } catch {
      refuse(.parse("the message is not JSON: \(error.sentence)"), id: nil)
    }
  }

  /// Of the same owner as before, with the rights that this message came with.
  func receive(_ bytes: [UInt8], from caller: Caller) {
    self.caller = caller
    receive(bytes)
  }

  package func receive(_ json: JSON) {
    guard !isClosed else { return }
    switch RPCFrame(json) {
    case .single(let received): take(received, StreamSink(write, isCongested))
    case .batch(let messages):
      guard session?.codec.features.has(.batches) == true else {
        return refuse(.invalidRequest("batches are no part of this conversation"), id: nil)
      }
      let batch = BatchCollector(count: messages.count { $0.isAnswered }) { [write] answers in
        if let answers { write(answers) }
      }
      for received in messages { take(received, batch.sink(write)) }
    }
  }

  /// No more comes from the client. Waits for what is under way, that long at most.
  package func finish(within limit: Duration) async {
    server.stopListening { exchanges[$0.request.id] === $0 }
    if !isIdle {
      let idle = Latch()
      onIdle = { idle.set() }
      _ = await idle.wait(within: limit, on: server.clock)
    }
    close()
  }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    for exchange in exchanges.all { exchange.cancel() }
    if let session { server.close(session) }
  }

  private var isIdle: Bool { exchanges.isEmpty && (session?.exchanges.isEmpty ?? true) }

  // MARK: - Messages

  private func take(_ received: RPCReceived, _ sink: any AnswerSink) {
    guard let message = received.sound else {
      return refuse(received.objection, id: received.message?.id, sink)
    }
    do throws(ServerFault) {
      switch (try server.classifier.kind(of: message), message) {
      case (_, .notification(let notification)): take(notification)
      case (_, .response(let response)): session?.receive(response)
      case (.stateless(let codec), .request(let request)): serve(request, codec, sink)
      case (.opening, .request(let request)): try open(request, sink)
      case (.session, .request(let request)): try serve(request, sink)
      }
    } catch {
      refuse(error, id: message.id, sink)
    }
  }

  private func take(_ notification: RPCNotification) {
    if notification.method == "notifications/cancelled",
      let id = notification.params?["requestId"].flatMap({ RPCID($0) }),
      let exchange = exchanges[id]
    {
      return exchange.cancel()
    }
    session?.receive(notification)
  }

  private func open(_ request: RPCRequest, _ sink: any AnswerSink) throws(ServerFault) {
    guard session == nil else { throw .invalidRequest("the session is open already") }
    let session = try server.openSession(request.params, caller: caller)
    session.push = write
    self.session = session
    session.receive(request, from: caller, sink: sink)
  }

  private func serve(_ request: RPCRequest, _ sink: any AnswerSink) throws(ServerFault) {
    guard let session else {
      throw .invalidRequest("the conversation was not opened by initialize")
    }
    session.receive(request, from: caller, sink: sink)
    if let exchange = session.exchanges[request.id] {
      let after = exchange.onEnd
      exchange.onEnd = { [weak self] in
        after?()
        self?.noteEnd()
      }
    }
  }

  private func serve(_ request: RPCRequest, _ codec: any EraCodec, _ sink: any AnswerSink) {
    let exchange = Exchange(server, request, codec: codec, caller: caller, sink: sink)
    guard exchanges[request.id] == nil else {
      return exchange.fail(.invalidRequest("the id \(request.id) is in use already"))
    }
    exchanges[request.id] = exchange
    exchange.onEnd = { [weak self] in
      self?.exchanges[request.id] = nil
      self?.noteEnd()
    }
    server.serve(exchange)
  }

  private func noteEnd() {
    if isIdle { onIdle?() }
  }

  private func refuse(_ fault: ServerFault, id: RPCID?, _ sink: (any AnswerSink)? = nil) {
    let text = MessageText.refusal(fault.error(in: session?.codec.features), id: id)
    if let sink { sink.answer(text, AnswerFrame()) } else { write(text) }
  }
}

extension RPCReceived {
  /// Whether it gets an answer: requests do, and what is no message gets an error.
  var isAnswered: Bool {
    switch sound {
    case .request, nil: true
    case .notification, .response: false
    }
  }

  /// The message, where it is one that can be acted on.
  var sound: RPCMessage? {
    guard let message, message.method != nil || message.id != nil, !lacksUsableID, isOfThisVersion
    else { return nil }
    return message
  }

  /// It has an id that no answer can carry: it is no notification, although it reads like one.
  private var lacksUsableID: Bool {
    message?.method != nil && (issues.contains(.idNull) || issues.contains(.idWrongType))
  }

  /// What another version of JSON-RPC means by the same words is not guessed at.
  private var isOfThisVersion: Bool {
    !issues.contains(.versionMissing) && !issues.contains(.versionWrong)
  }

  var objection: ServerFault {
    .invalidRequest(issues.first?.description ?? "the message is no request")
  }
}

/// A way on which every message stands by itself.
@LoopActor
final class StreamSink: AnswerSink {
  private let write: @LoopActor ([UInt8]) -> Void
  private let fills: @LoopActor () -> Bool

  init(
    _ write: @escaping @LoopActor ([UInt8]) -> Void, _ fills: @escaping @LoopActor () -> Bool
  ) {
    self.write = write
    self.fills = fills
  }

  let isHTTP = false
  var isCongested: Bool { fills() }
  func tell(_ message: [UInt8]) { write(message) }
  func answer(_ message: [UInt8], _ frame: AnswerFrame) { write(message) }
  func abandon() {}
  func hold() {}
  func pause(retryAfter: Duration) {}
}

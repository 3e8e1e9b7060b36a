import EventLoop
import HTTPCore

extension HTTPServerConnection {
  /// A whole answer to the request at hand.
  func respond(_ status: Int, _ fields: HTTPFields, _ body: [UInt8]) {
    guard let exchange, exchange.stream == nil else { return }
    let hasBody = HTTPStatus.hasBody(status)
    let closes = closesBehind(exchange.head)
    var head = HTTPAnswerHead(
      status: status, fields: exchange.fields(beside: fields),
      framing: hasBody ? .length(body.count) : .none, closes: closes)
    head.announcesKeepAlive = exchange.head.isOldVersion
    send(head, hasBody && exchange.head.method != "HEAD" ? body : [])
    over(closes: closes)
  }

  /// The head of an answer in pieces: chunked, or up to the end of the connection for HTTP/1.0.
  func begin(_ status: Int, _ fields: HTTPFields) {
    guard let exchange, exchange.stream == nil else { return }
    let isOld = exchange.head.isOldVersion
    let hasBody = HTTPStatus.hasBody(status)
    let stream = Stream(
      isChunked: !isOld, hasBody: hasBody && exchange.head.method != "HEAD",
      isEvents: fields["content-type"]?.asciiLowercased.hasPrefix("text/event-stream") == true,
      closes: isOld || closesBehind(exchange.head))
    let framing: HTTPAnswerHead.Framing = !hasBody ? .none : isOld ? .untilClose : .chunked
    self.exchange?.stream = stream
    let fields = exchange.fields(beside: fields)
    send(
      HTTPAnswerHead(status: status, fields: fields, framing: framing, closes: stream.closes), [])
    flush()
  }

  func writePiece(_ bytes: [UInt8]) {
    guard let stream = exchange?.stream, stream.hasBody, !bytes.isEmpty else { return }
    guard outbox.count + bytes.count <= server.limits.pendingBytes else { return close() }
    if stream.isChunked {
      var chunk: [UInt8] = []
      chunk.reserveCapacity(bytes.count + 12)
      HTTPChunk.append(bytes, to: &chunk)
      outbox.append(chunk)
    } else {
      outbox.append(bytes)
    }
    flush()
  }

  func finish() {
    guard let stream = exchange?.stream else { return }
    if stream.hasBody, stream.isChunked { outbox.append(HTTPChunk.last) }
    over(closes: stream.closes || closesAfterAnswer)
  }

  /// A comment on a silent event stream: it keeps proxies from closing it, and shows when the client has gone.
  func beat() {
    guard exchange?.stream?.isEvents == true else { return }
    writePiece(EventStreamWriter.comment())
  }

  func send(_ head: HTTPAnswerHead, _ body: [UInt8]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256 + (body.count <= 4096 ? body.count : 0))
    head.write(date: server.date(), to: &bytes)
    if body.count <= 4096 { bytes += body }
    outbox.append(bytes)
    if body.count > 4096 { outbox.append(body) }
  }

  private func closesBehind(_ head: HTTPRequestHead) -> Bool {
    !head.keepsAlive || closesAfterAnswer || server.isDraining
  }

  private func over(closes: Bool) {
    exchange = nil
    guard !closes else { return linger() }
    phase = .idle
    process()
  }
}

extension HTTPServerConnection.Exchange {
  func fields(beside own: HTTPFields) -> HTTPFields {
    added.isEmpty ? own : own.overlaid(with: added)
  }
}

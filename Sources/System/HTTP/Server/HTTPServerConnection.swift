import EventLoop
import Glibc
import HTTPCore

/// One client's connection: reads requests, hands them on one at a time, and sends what the answers say.
@LoopActor
final class HTTPServerConnection {
  /// What the connection waits for.
  enum Phase {
    /// The next request.
    case idle
    case readingHead
    case readingBody
    /// The handler's answer, whole or in pieces.
    case answering
    /// The last answer is out, or nearly: what the client still sends is thrown away until it closes.
    case lingering
    case closed
  }

  /// A request that has been handed over and not yet answered in full.
  struct Exchange {
    let number: UInt64
    let head: HTTPRequestHead
    var stream: Stream?
    /// Stands beside the fields of the answer.
    var added = HTTPFields()
    var onClosed: (@LoopActor () -> Void)?
    var onDrained: (@LoopActor () -> Void)?
  }

  /// An answer whose body goes out in pieces.
  struct Stream {
    var isChunked: Bool
    var hasBody: Bool
    var isEvents: Bool
    var closes: Bool
  }

  let fd: Int32
  let channel: ConnectionChannel
  let peer: String
  /// Held until the connection is closed, so that no server goes under its clients.
  let server: HTTPServer
  var phase = Phase.idle
  var exchange: Exchange?
  var outbox = Outbox()
  var deadline = LoopInstant.distantFuture
  /// Close once everything is sent.
  var closesAfterAnswer = false

  private var parser: HTTPRequestParser
  private var notes = HeadNotes()
  private var watch: FileWatch?
  private var exchanges: UInt64 = 0
  private var isProcessing = false
  private var discarded = 0
  /// The client sends nothing more; it may still read.
  private var inputEnded = false
  private var isStalled = false
  /// Reading goes on once something can be sent: TLS has words of its own.
  private var readsOnWriting = false

  private static let readsPerTurn = 4
  private static let lingerTime = Duration.seconds(2)
  private static let lingerBytes = 1 << 20

  /// Nil where there is no memory for it.
  init?(_ fd: Int32, from peer: String, server: HTTPServer) {
    guard let channel = ConnectionChannel(fd, server.identity) else { return nil }
    self.fd = fd
    self.channel = channel
    self.server = server
    self.peer = peer
    parser = HTTPRequestParser(limits: server.limits.request)
  }

  func start() {
    do throws(SystemError) {
      watch = try LoopActor.loop.watch(fd, for: .read) { [unowned self] in ready($0) }
    } catch {
      return close()
    }
    setDeadline(after: server.limits.headTime)
  }

  private func ready(_ readiness: Readiness) {
    let readsNow = readsOnWriting && readiness.contains(.write)
    if readiness.contains(.write) { flush() }
    if phase == .closed { return }
    if readsNow || readiness.rawValue & Readiness.worthReading.rawValue != 0 { read() }
  }

  func setDeadline(after time: Duration?) {
    guard let time else { return deadline = .distantFuture }
    deadline = server.clock.now.advanced(by: time)
    server.expects(deadline)
  }

  // MARK: - Reading

  private func read() {
    for _ in 0..<Self.readsPerTurn {
      let block = server.readBlock
      switch channel.receive(into: block) {
      case .moved(let count):
        took(UnsafeRawBufferPointer(rebasing: block[..<count]))
        if phase == .closed || count < block.count { return }
      case .ended: return endOfInput()
      case .waits: return readOnWriting(false)
      case .waitsForWriting: return readOnWriting(true)
      case .failed: return close()
      }
    }
  }

  private func readOnWriting(_ isWanted: Bool) {
    guard readsOnWriting != isWanted else { return }
    readsOnWriting = isWanted
    updateInterest()
  }

  /// A client that closes while its request is being worked on has given it up; one that has its answer on the way
  /// still gets the rest.
  private func endOfInput() {
    guard exchange == nil, !outbox.isEmpty else { return close() }
    inputEnded = true
    linger()
  }

  private func took(_ bytes: UnsafeRawBufferPointer) {
    if phase == .lingering {
      discarded += bytes.count
      if discarded > Self.lingerBytes { close() }
      return
    }
    parser.append(bytes)
    if phase == .answering {
      updateInterest()
    } else {
      process()
    }
  }

  /// Hands over requests as long as each is answered at once.
  func process() {
    guard !isProcessing else { return }
    isProcessing = true
    defer { isProcessing = false }
    while phase != .closed && phase != .lingering && exchange == nil && !isBackedUp {
      switch parser.next() {
      case .needsMore(let missing):
        wait(for: missing)
        return flush()
      case .wantsContinue: outbox.append(Self.goOn)
      case .request(let request): hand(over: request)
      case .refused(let problem): refuse(problem)
      }
    }
    flush()
  }

  private static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// A client that sends requests and takes no answers is left waiting.
  private var isBackedUp: Bool { outbox.count > server.limits.bytesAhead }

  private func wait(for missing: HTTPRequestParser.Waiting) {
    let limits = server.limits
    switch (missing, phase) {
    case (.head, .readingHead), (.body, .readingBody): return
    case (.head, _):
      phase = .readingHead
      setDeadline(after: limits.headTime)
    case (.body, _):
      phase = .readingBody
      setDeadline(after: limits.bodyTime)
    case (.nothing, _):
      // The time for a first head runs from the opening.
      if phase == .idle, exchanges == 0 { return }
      phase = .idle
      if server.isDraining || closesAfterAnswer { return linger() }
      setDeadline(after: limits.idleTime)
    }
  }

  private func hand(over request: HTTPReceivedRequest) {
    exchanges += 1
    server.requests += 1
    phase = .answering
    deadline = .distantFuture
    exchange = Exchange(number: exchanges, head: request.head)
    if !parser.repeatsHead { notes = HeadNotes() }
    server.handler(
      HTTPServerRequest(
        method: request.head.method, target: request.head.target, headers: request.head.fields,
        body: request.body, peer: peer, notes: notes), HTTPResponder(self, exchange: exchanges))
  }

  /// Reading pauses while a client is too far ahead; otherwise its going must be seen.
  private func updateInterest() {
    guard let watch, phase != .closed else { return }
    let isAhead = phase == .answering && parser.bufferedBytes > server.limits.bytesAhead
    let isPaused = isAhead || inputEnded || isBackedUp && phase != .lingering
    var interest: Readiness = isPaused ? Readiness(rawValue: 0) : .read
    if !outbox.isEmpty || readsOnWriting { interest.insert(.write) }
    if watch.interest != interest { watch.interest = interest }
  }

  // MARK: - Sending

  /// Sends what it can. All of it gone, the connection goes on to what comes next.
  func flush() {
    guard phase != .closed else { return }
    guard !outbox.isEmpty else { return updateInterest() }
    switch outbox.send(to: channel) {
    case .all:
      isStalled = false
      emptied()
    case .some(let moved):
      if moved || !isStalled { setDeadline(after: server.limits.stallTime) }
      isStalled = true
    case .failed: return close()
    }
    updateInterest()
  }

  private func emptied() {
    switch phase {
    case .lingering: endOutput()
    case .answering:
      setHeartbeat()
      exchange?.onDrained?()
    case .idle, .readingHead, .readingBody:
      if !isProcessing { process() }
    case .closed: break
    }
  }

  func setHeartbeat() {
    setDeadline(after: exchange?.stream?.isEvents == true ? server.limits.heartbeat : nil)
  }

  // MARK: - Time

  func deadlineReached() {
    deadline = .distantFuture
    if !outbox.isEmpty { return close() }
    switch phase {
    case .idle, .lingering, .closed: close()
    case .readingHead: refuse(.headTooSlow)
    case .readingBody: refuse(.bodyTooSlow)
    case .answering: beat()
    }
  }

  // MARK: - End

  private func refuse(_ problem: HTTPRequestProblem) {
    let body = Array((problem.sentence + "\n").utf8)
    let head = HTTPAnswerHead(
      status: problem.status, fields: ["content-type": "text/plain; charset=utf-8"],
      framing: .length(body.count), closes: true)
    send(head, body)
    linger()
  }

  /// Closing at once would reset the connection under an answer that the client has not read yet.
  func linger() {
    guard phase != .closed else { return }
    phase = .lingering
    exchange = nil
    if outbox.isEmpty { endOutput() } else { flush() }
    updateInterest()
  }

  private func endOutput() {
    guard !inputEnded else { return close() }
    channel.endOutput()
    setDeadline(after: Self.lingerTime)
  }

  /// What the server's drain asks: an idle connection goes now, another one after its answer.
  func closeWhenIdle() {
    closesAfterAnswer = true
    if phase == .idle, outbox.isEmpty { close() }
  }

  func close() {
    guard phase != .closed else { return }
    phase = .closed
    watch?.cancel()
    watch = nil
    Glibc.close(fd)
    outbox.clear()
    notes = HeadNotes()
    let gone = exchange?.onClosed
    exchange = nil
    server.ended(self)
    gone?()
  }
}

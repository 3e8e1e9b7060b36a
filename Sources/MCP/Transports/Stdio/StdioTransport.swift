package import EventLoop
import Glibc
import JSON
package import Processes
import SafeText

/// A server started as a child process: messages by lines over its standard input and output.
@LoopActor
package final class StdioTransport: Transport {
  package nonisolated let kind = TransportKind.stdio
  private let request: LaunchRequest
  private let host: ProcessHost
  let teardown: Teardown
  let clock: any LoopClock
  private let recorder: TrafficRecorder
  private var receive: (@LoopActor (TransportEvent) -> Void)?
  private(set) var child: ChildProcess?
  private var lines = LineBuffer(limit: StdioLimits.lineBytes)
  private lazy var reading = OrderedReading { [weak self] in self?.tell($0) }
  private var outbox = Outbox()
  private var unendedLine: LoopTimer?
  private var isOver = false
  var isClosing = false

  package init(
    _ request: LaunchRequest, host: ProcessHost, clock: (any LoopClock)? = nil,
    tap: TrafficTap = TrafficTap(), lane: String = "", teardown: Teardown = .standard
  ) {
    self.request = request
    self.host = host
    self.teardown = teardown
    self.clock = clock ?? LoopActor.loop.clock
    recorder = TrafficRecorder(tap: tap, kind: .stdio, lane: lane, clock: self.clock)
  }

  isolated deinit { child?.kill() }

  /// The process number, once started.
  package var pid: Int32? { child?.pid }

  /// Memory of the server and all it has started, in bytes.
  package func residentBytes() -> Int? { isOver ? nil : child?.residentBytes() }

  package func start(
    _ receive: @escaping @LoopActor (TransportEvent) -> Void
  ) async throws(TransportFailure) {
    guard child == nil, !isOver, !isClosing else { throw .notOpen }
    do {
      child = try host.launch(request, events)
    } catch {
      throw .launch(error)
    }
    self.receive = receive
    recorder.record(.opened(what: commandLine))
  }

  private var commandLine: String {
    Redaction.text(([request.program] + request.arguments).joined(separator: " "))
  }

  private var events: ChildEvents {
    ChildEvents(
      output: { [weak self] in self?.read($0) },
      outputEnded: { [weak self] in self?.outputEnded() },
      logLine: { [weak self] in self?.tellLog($0) },
      inputFailed: { [weak self] in self?.inputFailed($0) },
      ended: { [weak self] in self?.processEnded($0) })
  }

  // MARK: - Out

  @discardableResult
  package func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID {
    guard let child, !isOver, !isClosing else { throw .notOpen }
    guard child.input.isOpen else { throw .write(SystemError(call: "write", code: EPIPE)) }
    let line = Self.line(of: frame.bytes)
    outbox.forget(writtenBut: child.input.waitingBytes)
    // The frame must be on the list before it is written, for a failure tells of everything on it.
    let exchange = outbox.add(line.count)
    guard child.input.write(line) else {
      outbox.removeLast()
      throw .congested(waitingBytes: child.input.waitingBytes)
    }
    recorder.record(.frame(.sent, bytes: frame.bytes, method: frame.method), exchange)
    return exchange
  }

  /// The text and its line feed; one inside the text could only be white space between tokens.
  private static func line(of bytes: [UInt8]) -> [UInt8] {
    var line = bytes
    line.reserveCapacity(bytes.count + 1)
    line.withUnsafeMutableBytes { text in
      while let base = text.baseAddress, let found = memchr(base, 0x0A, text.count) {
        found.storeBytes(of: 0x20, as: UInt8.self)
      }
    }
    line.append(0x0A)
    return line
  }

  private func inputFailed(_ error: SystemError) {
    outbox.forget(writtenBut: child?.input.lostBytes ?? 0)
    let lost = outbox.takeUnwritten()
    Task { [weak self] in await self?.tellLost(lost, error) }
  }

  /// Mostly the program has exited, and that says more than a broken pipe: it is told instead if it comes soon.
  private func tellLost(_ lost: [ExchangeID], _ error: SystemError) async {
    _ = await child?.waitForExit(within: Self.exitPatience, on: clock)
    for exchange in lost { tell(.ended(exchange, .failed(.write(error)))) }
  }

  package func attention() -> PeerAttention? {
    guard let child, !isOver, !isClosing else { return nil }
    return switch child.attention() {
    case .unread: .unread
    case .atWork: .atWork
    case .atRest: .atRest
    }
  }

  package func cancel(_ exchange: ExchangeID) {}

  package func adopt(_ profile: TransportProfile) {}

  // MARK: - In

  private func read(_ bytes: UnsafeRawBufferPointer) {
    var whole: [LineBuffer.Line] = []
    lines.take(bytes) { whole.append($0) }
    let isTold = reading.take(whole)
    if !isTold, lines.isWithinLine || reading.isBehind { tell(.arriving(nil)) }
    waitForLineEnd()
  }

  private func waitForLineEnd() {
    unendedLine = nil
    guard lines.unended != nil else { return }
    unendedLine = clock.timer(after: Self.lineEndPatience) { [weak self] in self?.takeUnended() }
  }

  /// How long a message may stand there without the end of its line.
  private static let lineEndPatience = Duration.seconds(1)

  /// Some programs never write a line feed; whoever waits for it waits for ever.
  private func takeUnended() {
    guard !isOver, let text = lines.unended else { return }
    // Its turn comes behind what is still being read.
    guard !reading.isBehind else { return waitForLineEnd() }
    guard case .message = MessageText(text.drop { $0.isBlank }).outcome else { return }
    reading.take(rest())
  }

  /// What has come of a line without its end.
  private func rest() -> [LineBuffer.Line] {
    var rest: [LineBuffer.Line] = []
    lines.flush { rest.append($0) }
    return rest
  }

  /// Tells what was still held back and ends the telling; nil where that was done already.
  func endReceiving(_ end: TransportEnd) -> (@LoopActor (TransportEvent) -> Void)? {
    guard !isOver else { return nil }
    // Who closes does not wait for what is still being read.
    if isClosing, reading.isBehind { reading.forget() }
    reading.drain(rest())
    reading.end()
    isOver = true
    recorder.record(.closed(end))
    defer { receive = nil }
    return receive
  }

  private func tell(_ item: StdioFraming.Item) {
    let now = Arrival(clock)
    switch item {
    case .message(let bytes, let reading, let lines):
      recorder.record(bytes, reading.value)
      let frame = IncomingFrame(
        bytes: bytes, json: reading.value, findings: reading.findings, lines: lines, arrived: now)
      tell(.frame(frame))
    case .noise(let bytes, let size, let lines, let reason):
      let noise = Noise(bytes: bytes, size: size, lines: lines, reason: reason, arrived: now)
      recorder.record(.noise(noise))
      tell(.noise(noise))
    }
  }

  private func tellLog(_ text: String) {
    let line = LogLine(text: text, arrived: Arrival(clock))
    recorder.record(.log(line))
    tell(.log(line))
  }

  private func tell(_ event: TransportEvent) { receive?(event) }
}

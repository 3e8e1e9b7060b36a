import EventLoop
import HTTP
import HTTPCore

/// A stream of messages to one client, which may outlive the connection it began on.
@LoopActor
final class EventStream {
  /// Nil where nothing is kept and events carry no id.
  let number: Int?
  private var responder: HTTPResponder?
  private var nextEvent = 0
  private var kept: [(event: Int, bytes: [UInt8])] = []
  private(set) var keptBytes = 0
  private(set) var isFinished = false

  init(number: Int?) { self.number = number }

  var isConnected: Bool { responder?.isOpen ?? false }

  /// Begins the answer, and sends what came after `event`. `primes` sends an id before any message.
  func attach(
    _ responder: HTTPResponder, fields: HTTPFields, after event: Int? = nil, primes: Bool = false
  ) {
    self.responder?.finish()
    self.responder = responder
    responder.begin(status: 200, headers: fields.overlaid(with: Self.fields))
    if primes, event == nil, number != nil {
      responder.write(EventStreamWriter.event(ServerSentEvent(data: "", id: id(count()))))
    }
    if let event {
      for entry in kept where entry.event > event { responder.write(entry.bytes) }
    }
    if isFinished { finish() }
  }

  private static let fields: HTTPFields = [
    "Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
  ]

  func send(_ message: [UInt8]) {
    guard !isFinished else { return }
    let event = count()
    let bytes = EventStreamWriter.event(ServerSentEvent(data: message, id: id(event)))
    if number != nil {
      kept.append((event, bytes))
      keptBytes += bytes.count
    }
    responder?.write(bytes)
  }

  /// Nothing more will come; who comes back still gets what is kept.
  func finish() {
    isFinished = true
    responder?.finish()
    responder = nil
  }

  /// Ends the connection and not the stream.
  func pause(retryAfter delay: Duration) {
    guard let responder else { return }
    let pause = EventStreamWriter.event(
      ServerSentEvent(data: "", id: id(count())), retry: Int(delay.milliseconds))
    responder.write(pause)
    responder.finish()
    self.responder = nil
  }

  func forgetOldest() {
    guard !kept.isEmpty else { return }
    keptBytes -= kept.removeFirst().bytes.count
  }

  /// Empty events count too: no two of a stream have the same id.
  private func count() -> Int {
    defer { nextEvent += 1 }
    return nextEvent
  }

  private func id(_ event: Int) -> String? { number.map { "\($0)-\(event)" } }
}

/// The streams of one session: each message in exactly one, kept within bounds for those who come back.
@LoopActor
final class StreamBook {
  /// What belongs to no request.
  let push = EventStream(number: 0)
  private var streams: [EventStream] = []
  private var lastNumber = 0
  private let byteLimit: Int
  private let streamLimit: Int

  init(_ settings: EndpointSettings) {
    byteLimit = settings.replayBytes
    streamLimit = settings.replayStreams
  }

  func open() -> EventStream {
    lastNumber += 1
    let stream = EventStream(number: lastNumber)
    streams.append(stream)
    if streams.count > streamLimit, let index = streams.firstIndex(where: \.isFinished) {
      streams.remove(at: index)
    }
    return stream
  }

  /// The stream and the event that a client saw last; nil for an id this session never gave.
  func find(_ id: String) -> (stream: EventStream, event: Int)? {
    let parts = id.split(separator: "-").map { Int($0) }
    guard parts.count == 2, let number = parts[0], let event = parts[1] else { return nil }
    let stream = number == 0 ? push : streams.first { $0.number == number }
    return stream.map { ($0, event) }
  }

  /// Drops the oldest of what is kept while it is too much.
  func trim() {
    var bytes = streams.reduce(push.keptBytes) { $0 + $1.keptBytes }
    for stream in streams + [push] {
      while bytes > byteLimit, stream.keptBytes > 0 {
        let before = stream.keptBytes
        stream.forgetOldest()
        bytes -= before - stream.keptBytes
      }
    }
  }

  var isConnected: Bool { push.isConnected || streams.contains { $0.isConnected } }

  func close() {
    for stream in streams + [push] { stream.finish() }
    streams = []
  }
}

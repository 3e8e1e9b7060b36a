import EventLoop
import HTTP
import HTTPCore

/// The answer to a POST: one JSON text, or from the first message on that goes before it an event stream.
@LoopActor
final class PostSink: AnswerSink {
  private let responder: HTTPResponder
  private let fields: HTTPFields
  /// Of a session, whose streams can be taken up again; nil where closing the answer ends the request.
  private let book: StreamBook?
  private let primes: Bool
  private var stream: EventStream?
  private var isOver = false

  init(
    _ responder: HTTPResponder, fields: HTTPFields = HTTPFields(), book: StreamBook? = nil,
    primes: Bool = false
  ) {
    self.responder = responder
    self.fields = fields
    self.book = book
    self.primes = primes
  }

  let isHTTP = true
  var isCongested: Bool { responder.pendingBytes > Self.congestion }

  static let congestion = 1 << 20

  func tell(_ message: [UInt8]) {
    guard !isOver else { return }
    opened().send(message)
    book?.trim()
  }

  func answer(_ message: [UInt8], _ frame: AnswerFrame) {
    guard !isOver else { return }
    isOver = true
    guard let stream else {
      let isPlain = frame.fields.isEmpty && fields.isEmpty
      let fields =
        isPlain ? Self.json : frame.fields.overlaid(with: fields).overlaid(with: Self.json)
      return responder.respond(status: frame.status, headers: fields, body: message)
    }
    stream.send(message)
    stream.finish()
    book?.trim()
  }

  func abandon() {
    guard !isOver else { return }
    isOver = true
    opened().finish()
  }

  func hold() {
    if !isOver { _ = opened() }
  }

  func pause(retryAfter delay: Duration) {
    guard !isOver, book != nil else { return }
    opened().pause(retryAfter: delay)
  }

  private func opened() -> EventStream {
    if let stream { return stream }
    let stream = book?.open() ?? EventStream(number: nil)
    self.stream = stream
    stream.attach(responder, fields: fields, primes: primes)
    return stream
  }

  static let json: HTTPFields = ["Content-Type": "application/json"]
}

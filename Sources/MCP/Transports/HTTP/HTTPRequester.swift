import EventLoop
import HTTP
package import HTTPCore
import SafeText

/// Header lines that credentials add to a request, asked for anew each time.
package typealias RequestCredentials =
  @LoopActor (_ verb: String, _ url: WebURL) async -> HTTPFields

/// Sends one transport's requests: header lines, redirects, and what the tap is told of it all.
@LoopActor
final class HTTPRequester {
  var credentials: RequestCredentials?
  /// Where requests without an address of their own go; follows the server's redirects.
  private(set) var url: WebURL
  let settings: HTTPTransportSettings
  let recorder: TrafficRecorder
  private let client: HTTPClient
  /// A client from outside has requests of others under way.
  private let ownsClient: Bool

  /// Without a client it makes one of its own.
  init(
    _ settings: HTTPTransportSettings, client: HTTPClient?, clock: any LoopClock,
    recorder: TrafficRecorder
  ) {
    self.settings = settings
    self.client = client ?? HTTPClient(clock: clock)
    ownsClient = client == nil
    self.recorder = recorder
    url = settings.url
  }

  /// Sends the question and waits for the head of its answer, over redirects within the origin.
  func ask(_ question: HTTPQuestion, on line: HTTPLine) async throws(TransportFailure) -> HTTPAnswer
  {
    var visited = [question.url ?? url]
    while true {
      let answer = try await askOnce(question, at: visited[visited.count - 1], on: line)
      guard RedirectRule.isRedirect(answer.head.status) else {
        if question.url == nil { url = visited[visited.count - 1] }
        return answer
      }
      answer.close()
      switch RedirectRule().decide(
        status: answer.head.status, locations: answer.head.fields.all("Location"), visited: visited)
      {
      case .follow(let next): visited.append(next)
      case .refuse(let refusal):
        throw .network(
          NetworkFailure(
            layer: .redirect, url: "\(answer.url)", cause: refusal.sentence.asClause,
            code: refusal.isEndless ? "redirect-loop" : nil))
      }
    }
  }

  func close() {
    if ownsClient { client.close() }
  }

  /// Sends the first request now, without a task that waits, and calls once `ask` will find its answer there.
  func begin(_ question: HTTPQuestion, on line: HTTPLine, _ ready: @escaping @LoopActor () -> Void)
  {
    guard credentials == nil else { return ready() }
    let exchange = client.send(request(question, at: question.url ?? url, credentials: [:]))
    line.begin(exchange)
    exchange.whenAnswered(ready)
  }

  private func askOnce(
    _ question: HTTPQuestion, at url: WebURL, on line: HTTPLine
  ) async throws(TransportFailure) -> HTTPAnswer {
    var exchange = line.takeBegun()
    if exchange == nil {
      let request = await request(question, at: url)
      guard !line.isCut else { throw .notOpen }
      exchange = client.send(request)
      line.exchange = exchange
    }
    guard let exchange else { throw .notOpen }
    do {
      let head = try await exchange.head()
      return HTTPAnswer(
        exchange, head: head, question: question, recorder: recorder,
        limit: settings.answerLimit)
    } catch {
      recorder.record(
        .http(HTTPExchangeFacts(exchange, head: nil, failure: error)), question.exchange)
      throw .network(NetworkFailure(error))
    }
  }

  private func request(_ question: HTTPQuestion, at url: WebURL) async -> HTTPRequest {
    request(question, at: url, credentials: await credentials?(question.verb, url) ?? [:])
  }

  private func request(
    _ question: HTTPQuestion, at url: WebURL, credentials: HTTPFields
  ) -> HTTPRequest {
    let fields = question.headers.overlaid(with: credentials)
    var options = settings.options
    options.limits.idle = question.idleLimit
    options.limits.total = question.totalLimit
    options.isRepeatable = question.isRepeatable
    return HTTPRequest(
      question.verb, url, fields: fields.overlaid(with: settings.headers), body: question.body,
      options: options)
  }
}

/// What is asked of a server in one request.
struct HTTPQuestion {
  var verb: String
  /// Nil: the transport's own address.
  var url: WebURL?
  var headers: HTTPFields
  var body: [UInt8] = []
  var idleLimit: Duration?
  var totalLimit: Duration?
  var isRepeatable = false
  var exchange: ExchangeID?
}

/// A hold on whatever request is under way for one purpose, to cut it off from outside.
@LoopActor
final class HTTPLine {
  var exchange: HTTPExchange?
  private(set) var isCut = false
  private var isBegun = false
  private var pause: (end: CheckedContinuation<Void, Never>, timer: LoopTimer)?

  func begin(_ exchange: HTTPExchange) {
    self.exchange = exchange
    isBegun = true
  }

  /// The request that was sent ahead, once.
  func takeBegun() -> HTTPExchange? {
    defer { isBegun = false }
    return isBegun ? exchange : nil
  }

  func cut() {
    isCut = true
    exchange?.cancel()
    endPause()
  }

  /// Waits; false where the line was cut meanwhile.
  func wait(_ duration: Duration, on clock: any LoopClock) async -> Bool {
    await withCheckedContinuation { end in
      if isCut { return end.resume() }
      pause = (end, clock.timer(after: duration) { [self] in endPause() })
    }
    return !isCut
  }

  private func endPause() {
    pause?.end.resume()
    pause = nil
  }
}

extension String {
  /// Without its full stop and capital, to stand behind a colon.
  fileprivate var asClause: String {
    let bare = hasSuffix(".") ? String(dropLast()) : self
    return bare.prefix(1).lowercased() + bare.dropFirst()
  }
}

import CCurl
import EventLoop
import HTTPCore

/// One request on its way through libcurl, and what has come back so far.
@LoopActor
final class Transfer: CurlJob {
  let request: HTTPRequest
  private(set) var head: HTTPResponseHead?
  private(set) var failure: HTTPError?
  private(set) var isDone = false
  private(set) var trailers = HTTPFields()
  private(set) var facts = HTTPFacts()
  let leavesHandleClean = true

  private let clock: any LoopClock
  private let multi: CurlMulti
  private var handle: CurlHandle?
  private var reader = ResponseHeadReader()
  private var pending: [UInt8] = []
  private var received = 0
  private var isPaused = false
  private var timesSent = 0
  /// Why the transfer itself told libcurl to stop.
  private var refusal: (failure: HTTPFailure, detail: String)?
  private var waiter: CheckedContinuation<Void, Never>?
  private var whenAnswered: (@LoopActor () -> Void)?
  private var limit: TransferTimers?

  /// More than this unread makes the server wait.
  private static let unreadLimit = 1 << 20

  init(request: HTTPRequest, multi: CurlMulti, clock: any LoopClock) {
    self.request = request
    self.multi = multi
    self.clock = clock
    facts.proxy = request.options.proxy.proxy(for: request.url)
    facts.isInsecure = request.options.tls.isInsecure && request.url.isSecure
  }

  func begin(on handle: CurlHandle) {
    self.handle = handle
    handle.apply(request, proxy: facts.proxy, context: Unmanaged.passUnretained(self).toOpaque())
    limit = TransferTimers(request.options.limits, clock: clock) { [weak self] in self?.fail($0) }
  }

  func end(_ code: CURLcode, on handle: CurlHandle) {
    collectFacts(handle)
    self.handle = nil
    if code == CURLE_OK, head != nil { return finish(nil) }
    let failure = refusal?.failure ?? handle.failure(code, answered: reader.hasBegun)
    let error = HTTPError(
      failure, url: request.url, proxy: facts.proxy,
      detail: refusal?.detail ?? handle.detail(of: code),
      systemCode: Int32(truncatingIfNeeded: handle.number(CURLINFO_OS_ERRNO)), facts: facts)
    guard failure.concernsCertificates else { return finish(error) }
    multi.start(
      CertificateProbe(request: request, proxy: facts.proxy) { [self] chain in
        facts.certificates = chain
        finish(error.with(facts))
      })
  }

  func fail(_ failure: HTTPFailure) {
    guard !isDone else { return }
    if let handle {
      collectFacts(handle)
      self.handle = nil
      multi.stop(handle)
    }
    finish(error(failure))
  }

  func cancel() { fail(.cancelled) }

  func error(_ failure: HTTPFailure, detail: String = "") -> HTTPError {
    HTTPError(failure, url: request.url, proxy: facts.proxy, detail: detail, facts: facts)
  }

  private func finish(_ error: HTTPError?) {
    guard !isDone else { return }
    isDone = true
    failure = error
    limit = nil
    notify()
  }
}

// MARK: - The reader's side

extension Transfer {
  /// What has come in and was not read yet.
  func takeBody() -> [UInt8] {
    defer { pending = [] }
    if isPaused, let handle {
      isPaused = false
      limit?.noteActivity()
      let bytes = pending
      pending = []
      // libcurl hands over what it held back before this returns.
      multi.resume(handle)
      return bytes + pending
    }
    return pending
  }

  /// Returns once something has happened, at once where `isThere` says that it has.
  func change(unless isThere: @LoopActor (Transfer) -> Bool) async {
    await withCheckedContinuation { continuation in
      if isThere(self) { return continuation.resume() }
      waiter?.resume()
      waiter = continuation
    }
  }

  var hasBody: Bool { !pending.isEmpty }

  /// Calls once there is a head or a failure. The call may come from within libcurl, so that it must only start
  /// something on the loop, and nothing of the client's.
  func whenAnswered(_ action: @escaping @LoopActor () -> Void) {
    whenAnswered = action
    if head != nil || isDone { notify() }
  }

  private func notify() {
    waiter?.resume()
    waiter = nil
    whenAnswered?()
    whenAnswered = nil
  }
}

// MARK: - libcurl's side

extension Transfer {
  /// One line of the head, or of the trailers.
  func takeHeader(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    limit?.noteActivity()
    if head != nil {
      if let field = ResponseHeadReader.field(line) { trailers.append(field) }
      return line.count
    }
    if let complete = reader.take(line) {
      let lengths = complete.fields.all("Content-Length")
      guard lengths.count < 2 || Set(lengths).count == 1 else {
        refusal = (.notHTTP, "it names two different lengths")
        return 0
      }
      head = complete
      if let handle { collectFacts(handle) }
      notify()
    }
    return line.count
  }

  func takeBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    limit?.noteActivity()
    guard pending.count < Self.unreadLimit else {
      isPaused = true
      limit?.isHeld = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    received += bytes.count
    guard received <= request.options.limits.bodySize else {
      refusal = (.bodyTooLarge(limit: request.options.limits.bodySize), "")
      return 0
    }
    pending.append(contentsOf: bytes)
    notify()
    return bytes.count
  }

  /// Called before each time the request is sent, with the address it goes to.
  func maySend(to address: String) -> Bool {
    timesSent += 1
    if timesSent > 1, !request.options.isRepeatable {
      // libcurl would repeat a request lost with a kept connection; the server may have carried it out.
      refusal = (.lostBeforeResponse, "a kept connection")
    } else if request.options.refusesPrivateAddresses, facts.proxy == nil, isPrivate(address) {
      refusal = (.privateAddress(address), "")
    }
    limit?.isConnected = true
    return refusal == nil
  }

  private func isPrivate(_ address: String) -> Bool {
    IPv4Address(address)?.isPrivate ?? IPv6Address(address)?.isPrivate ?? true
  }

  private func collectFacts(_ handle: CurlHandle) { handle.collect(into: &facts) }
}

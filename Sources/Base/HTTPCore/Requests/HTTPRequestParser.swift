/// Reads requests from the bytes of one connection, one after the other; it does no I/O.
///
/// After a refusal nothing more is read: where a request ends can no longer be known.
package struct HTTPRequestParser: Sendable {
  /// What the bytes so far amount to.
  package enum Step: Sendable, Hashable {
    case needsMore(Waiting)
    /// The client waits for `100 Continue` before it sends the body; told once.
    case wantsContinue
    case request(HTTPReceivedRequest)
    case refused(HTTPRequestProblem)
  }

  /// What is missing; `nothing` between two requests.
  package enum Waiting: Sendable, Hashable {
    case nothing, head, body
  }

  private enum State {
    case head
    case sized(HTTPRequestHead, Int)
    case chunked(HTTPRequestHead, ChunkedBody)
    case refused(HTTPRequestProblem)
  }

  private let limits: HTTPRequestLimits
  private var state = State.head
  private var buffer: [UInt8] = []
  /// What is in front of it has been used.
  private var start = 0
  /// Up to here the head has been searched for line feeds; `lineStart` begins the last line found.
  private var searched = 0
  private var lineStart = 0
  private var emptyLines = 0
  private var toldToContinue = false
  /// Clients say the same with each request of a connection, a long token among it.
  private var known: KnownHead?
  /// Whether the request at hand has the head of the one before it.
  package private(set) var repeatsHead = false

  /// Some clients send a line break behind a body; more than that is no HTTP.
  private static let emptyLinesSkipped = 2
  private static let keptCapacity = 16_384

  package init(limits: HTTPRequestLimits = HTTPRequestLimits()) { self.limits = limits }

  /// Bytes taken in and not yet part of a request.
  package var bufferedBytes: Int { buffer.count - start }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if case .refused = state { return }
    buffer.append(contentsOf: bytes)
  }

  package mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  package mutating func next() -> Step {
    do throws(HTTPRequestProblem) {
      return try step()
    } catch {
      state = .refused(error)
      buffer = []
      start = 0
      return .refused(error)
    }
  }

  private mutating func step() throws(HTTPRequestProblem) -> Step {
    if case .head = state {
      if let known, known.begins(buffer, at: start) {
        repeatsHead = true
        take(known.head, to: start + known.count)
      } else if let end = try endOfHead() {
        try takeHead(to: end)
      } else {
        return .needsMore(start < buffer.count ? .head : .nothing)
      }
    }
    switch state {
    case .sized(let head, let length) where buffer.count - start >= length:
      let body = Array(buffer[start..<start + length])
      start += length
      return finish(head, body)
    case .chunked(let head, var body):
      // Without the copy in `state` the body grows in place.
      state = .head
      let isWhole = try body.take(from: buffer, at: &start)
      if isWhole { return finish(head, body.body) }
      state = .chunked(head, body)
      dropUsed()
      return waitForBody(head)
    case .sized(let head, _): return waitForBody(head)
    case .refused(let problem): throw problem
    case .head: return .needsMore(.head)
    }
  }

  private mutating func waitForBody(_ head: HTTPRequestHead) -> Step {
    guard head.expectsContinue, !toldToContinue, buffer.count == start else {
      return .needsMore(.body)
    }
    toldToContinue = true
    return .wantsContinue
  }

  private mutating func finish(_ head: HTTPRequestHead, _ body: [UInt8]) -> Step {
    state = .head
    toldToContinue = false
    emptyLines = 0
    dropUsed()
    return .request(HTTPReceivedRequest(head: head, body: body))
  }

  // MARK: - Head

  /// The index behind the empty line that ends the head. Empty lines in front of a request are skipped.
  private mutating func endOfHead() throws(HTTPRequestProblem) -> Int? {
    while let feed = buffer.withUnsafeBufferPointer({ $0.firstLineFeed(from: searched) }) {
      guard feed > lineStart, buffer[feed - 1] == 0x0D else { throw .bareLineFeed }
      searched = feed + 1
      let isEmpty = feed - 1 == lineStart
      if isEmpty, lineStart > start { return feed + 1 }
      if isEmpty {
        start = feed + 1
        emptyLines += 1
        guard emptyLines <= Self.emptyLinesSkipped else { throw .malformedRequestLine }
      }
      lineStart = feed + 1
      guard searched - start <= limits.headBytes else { throw .headTooLarge }
    }
    searched = buffer.count
    guard searched - start <= limits.headBytes else { throw .headTooLarge }
    return nil
  }

  private mutating func takeHead(to end: Int) throws(HTTPRequestProblem) {
    let (from, limits) = (start, limits)
    let result = buffer.withUnsafeBufferPointer { bytes in
      Result { () throws(HTTPRequestProblem) in
        try RequestHeadReader.read(
          UnsafeBufferPointer(rebasing: bytes[from..<end - 2]), limits: limits)
      }
    }
    let head = try result.get()
    known = KnownHead(buffer[from..<end], head)
    repeatsHead = false
    take(head, to: end)
  }

  private mutating func take(_ head: HTTPRequestHead, to end: Int) {
    (start, searched, lineStart) = (end, end, end)
    switch head.framing {
    case .length(let length): state = .sized(head, length)
    case .chunked: state = .chunked(head, ChunkedBody(limits: limits))
    }
  }

  // MARK: - Buffer

  private mutating func dropUsed() {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptCapacity)
      start = 0
    } else if start > Self.keptCapacity {
      buffer.removeFirst(start)
      start = 0
    }
    (searched, lineStart) = (start, start)
  }
}

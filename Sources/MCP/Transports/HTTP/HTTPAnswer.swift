import EventLoop
import HTTP
import HTTPCore

/// An answer whose head has come and whose body is still to be read.
@LoopActor
final class HTTPAnswer {
  let head: HTTPResponseHead
  private let exchange: HTTPExchange
  private let question: HTTPQuestion
  private let recorder: TrafficRecorder
  private let limit: Int
  private var isRecorded = false
  private var first: [UInt8]?

  init(
    _ exchange: HTTPExchange, head: HTTPResponseHead, question: HTTPQuestion,
    recorder: TrafficRecorder, limit: Int
  ) {
    self.exchange = exchange
    self.head = head
    self.question = question
    self.recorder = recorder
    self.limit = limit
  }

  isolated deinit { close() }

  var url: WebURL { exchange.request.url }

  /// Whether the body is an event stream: by its type, or by its first bytes where the type says nothing of use.
  func isEventStream() async throws(TransportFailure) -> Bool {
    let type = head.mediaType
    if type?.isJSON == true || !head.isSuccess { return false }
    let start = try await chunk() ?? []
    first = start
    if type?.isEventStream == true { return !Self.beginsLikeJSON(start) }
    return ["event:", "data:", "id:", "retry:", ":"].contains { start.starts(with: $0.utf8) }
  }

  private static func beginsLikeJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { $0 > 0x20 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// The next piece of the body; nil at its end.
  func chunk() async throws(TransportFailure) -> [UInt8]? {
    if let first {
      self.first = nil
      return first.isEmpty ? nil : first
    }
    do {
      if let bytes = try await exchange.chunk() { return bytes }
      record(nil)
      return nil
    } catch {
      record(error)
      throw .network(NetworkFailure(error))
    }
  }

  /// The whole body; more than the limit is a failure, or is cut off where `cutting` says so.
  /// `arriving` is called for each piece but the first.
  func body(
    cutting cut: Int? = nil, arriving: @LoopActor () -> Void = {}
  ) async throws(TransportFailure) -> [UInt8] {
    var all: [UInt8] = []
    if cut == nil, let length = announcedLength { all.reserveCapacity(length) }
    while let bytes = try await chunk() {
      if !all.isEmpty { arriving() }
      if all.isEmpty, all.capacity < bytes.count { all = bytes } else { all += bytes }
      if let cut, all.count >= cut {
        close()
        return Array(all.prefix(cut))
      }
      guard all.count <= limit else {
        close()
        throw .network(
          NetworkFailure(
            layer: .answer, url: "\(url)", cause: "larger than \(limit) bytes",
            code: "http-too-large"))
      }
    }
    return all
  }

  /// What the server says of a body beyond the first pieces, as far as we would take it.
  private var announcedLength: Int? {
    guard head.fields["Content-Encoding"] == nil,
      let length = head.fields["Content-Length"].flatMap({ Int($0) }), length > 1 << 20
    else { return nil }
    return min(length, limit)
  }

  /// Leaves the rest unread.
  func close() {
    record(nil)
    exchange.cancel()
  }

  /// Told once, when the body has ended or is left.
  private func record(_ error: HTTPError?) {
    guard !isRecorded else { return }
    isRecorded = true
    let failure = error?.failure == .cancelled ? nil : error
    recorder.record(
      .http(HTTPExchangeFacts(exchange, head: head, failure: failure)), question.exchange)
  }
}

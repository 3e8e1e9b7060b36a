import EventLoop
import HTTPCore
import JSON

/// Reads the event streams of one exchange, or of the standing stream: the first and those that take it up again.
@LoopActor
final class StreamReader {
  /// What a stream brings.
  enum Item {
    case message(JSONReading, bytes: [UInt8], event: ServerSentEvent)
    case noise(bytes: [UInt8], Noise.Reason)
    /// An event that is not of MCP's `message` type.
    case other(ServerSentEvent)
  }

  private(set) var lastEventID: String?
  private(set) var retry: Int?
  /// Whether the stream now read has brought anything yet.
  private(set) var isFruitful = false
  /// An answer came that is to another question; it is taken for ours where no better one follows.
  var holdsForeignAnswer = false
  /// The beginning of the first thing that was no message, for the sentence where no message comes at all.
  private(set) var unusable: String?
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Reads to the end of the stream. Its last event counts although its blank line is missing.
  /// `arriving` is called for each piece of an event that is not whole yet.
  func read(
    _ answer: HTTPAnswer, arriving: @LoopActor () -> Void, _ take: @LoopActor (Item) -> Void
  ) async throws(TransportFailure) {
    var parser = EventStreamParser(maximumEventSize: limit, lastEventID: lastEventID)
    isFruitful = false
    defer { lastEventID = parser.lastEventID }
    while let bytes = try await answer.chunk() {
      let items = parser.feed(bytes)
      if items.isEmpty { arriving() }
      for item in items {
        lastEventID = parser.lastEventID
        await self.take(item, take)
      }
    }
    if let event = parser.finish() { await self.take(.event(event), take) }
  }

  private func take(_ item: EventStreamItem, _ take: @LoopActor (Item) -> Void) async {
    switch item {
    case .event(let event):
      isFruitful = true
      guard !event.data.isEmpty else { return }
      for item in await LargeText.read(event.data.count, { Self.items(event) }) { tell(item, take) }
    case .identifier: isFruitful = true
    case .retry(let milliseconds): retry = milliseconds
    case .issue(.eventTooLarge(let limit)): take(.noise(bytes: [], .tooLong(limit: limit)))
    case .issue(.unknownField(let name)): note(Array(name.utf8))
    case .comment, .issue: return
    }
  }

  private func tell(_ item: Item, _ take: (Item) -> Void) {
    switch item {
    case .noise(let bytes, _): note(bytes)
    case .other(let event): note(event.data)
    case .message: break
    }
    take(item)
  }

  private func note(_ bytes: [UInt8]) {
    if unusable == nil { unusable = "“" + String(decoding: bytes.prefix(80), as: UTF8.self) + "”" }
  }

  private nonisolated static func items(_ event: ServerSentEvent) -> [Item] {
    guard event.type == "message" else { return [foreign(event)] }
    do {
      let reading = try JSON.readCuttingDepth(event.data)
      guard reading.value.object != nil || reading.value.array != nil else {
        return [.noise(bytes: event.data, .notJSON)]
      }
      return [.message(reading, bytes: event.data, event: event)]
    } catch {
      return several(event, error) ?? [.noise(bytes: event.data, .brokenJSON(error.sentence))]
    }
  }

  private nonisolated static func several(_ event: ServerSentEvent, _ error: JSONError) -> [Item]? {
    guard let series = MessageSeries(event.data, after: error) else { return nil }
    let messages = series.items.map { Item.message($0.reading, bytes: $0.bytes, event: event) }
    return messages + (series.rest.isEmpty ? [] : [.noise(bytes: series.rest, .notJSON)])
  }

  /// A message in an event of another name is one all the same: nobody else would write it.
  private nonisolated static func foreign(_ event: ServerSentEvent) -> Item {
    do {
      let reading = try JSON.readCuttingDepth(event.data)
      let isMessage = reading.value["jsonrpc"] != nil
      return isMessage ? .message(reading, bytes: event.data, event: event) : .other(event)
    } catch {
      return .other(event)
    }
  }
}

import EventLoop
import JSON
import Testing
import Transports

/// Collects what a transport tells, and lets a test wait for it with a limit.
@LoopActor
final class Inbox {
  private static let patience = Duration.seconds(150)

  private(set) var frames: [JSON] = []
  private(set) var noise: [String] = []
  private(set) var logs: [String] = []
  private(set) var ended: [(ExchangeID, ExchangeEnd)] = []
  private(set) var ends: [TransportEnd] = []
  /// Every event as a short line, in order.
  private(set) var transcript: [String] = []
  private var awaited: (isThere: @LoopActor (Inbox) -> Bool, latch: Latch)?

  func take(_ event: TransportEvent) {
    // How often that is told depends on how the bytes come in.
    if case .arriving = event { return }
    transcript.append(event.line)
    switch event {
    case .frame(let frame): frames.append(frame.json)
    case .noise(let noise): self.noise.append(String(decoding: noise.bytes, as: UTF8.self))
    case .log(let line): logs.append(line.text)
    case .ended(let exchange, let end): ended.append((exchange, end))
    case .closed(let end): ends.append(end)
    case .session, .arriving: break
    }
    if let awaited, awaited.isThere(self) { awaited.latch.set() }
  }

  func wait(for isThere: @escaping @LoopActor (Inbox) -> Bool) async throws {
    if isThere(self) { return }
    let latch = Latch()
    awaited = (isThere, latch)
    try #require(await latch.wait(within: Self.patience, on: LoopActor.loop.clock))
    awaited = nil
  }

  func waitForEvents(_ count: Int) async throws { try await wait { $0.transcript.count >= count } }

  var end: TransportEnd? { ends.first }

  func waitForEnd() async throws { try await wait { $0.end != nil } }
}

extension OutgoingFrame {
  static let ping = OutgoingFrame(bytes: Array("{}".utf8), purpose: .request, method: "ping")
}

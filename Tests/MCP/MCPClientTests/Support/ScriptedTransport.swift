import EventLoop
import HTTPCore
import JSON
import Processes
import Testing
import Transports

/// A peer that plays a transcript. Each line is one step:
/// `>` a JSON text the client must send next (`"*"` in it stands for anything), `> forget` that it gives up an
/// exchange; `<` a JSON text the peer sends, on the exchange of the request answered last or on none over byte streams;
/// `<<` the same outside any exchange; `! 404 {json}` an HTTP refusal; `! accepted`, `! unanswered` or `! complete`
/// another end of the exchange; `! garbled TEXT` what cannot be read; `! session` a session id assigned; `! exit` the process has ended.
@LoopActor
final class ScriptedTransport: Transport {
  nonisolated let kind: TransportKind
  private let clock: any LoopClock
  private var lines: [Substring]
  private var receive: (@LoopActor (TransportEvent) -> Void)?
  private var last = ExchangeID(0)
  private var isClosed = false
  var peerAttention: PeerAttention?
  /// Says nothing of the standing stream by itself.
  var holdsPushStream = false
  private(set) var profiles: [TransportProfile] = []
  private(set) var headers: [HTTPFields] = []
  private(set) var purposes: [OutgoingFrame.Purpose] = []

  init(_ kind: TransportKind, clock: any LoopClock, _ script: String) {
    self.kind = kind
    self.clock = clock
    lines = script.split(separator: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  var unplayed: [Substring] { lines }

  func start(
    _ receive: @escaping @LoopActor (TransportEvent) -> Void
  ) async throws(TransportFailure) {
    self.receive = receive
    play()
  }

  func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID {
    guard receive != nil, !isClosed else { throw .notOpen }
    last = ExchangeID(last.number + 1)
    headers.append(frame.headers)
    purposes.append(frame.purpose)
    expect(String(decoding: frame.bytes, as: UTF8.self))
    return last
  }

  func attention() -> PeerAttention? { isClosed ? nil : peerAttention }

  func cancel(_ exchange: ExchangeID) {
    if kind == .streamableHTTP { expect("forget") }
  }

  func adopt(_ profile: TransportProfile) {
    profiles.append(profile)
    guard profile.opensPushStream, kind == .streamableHTTP, !holdsPushStream else { return }
    tell(.session(.pushStream(.refused(status: 405))))
  }

  func close() async { end(.byUs) }

  // MARK: - Playing

  private func expect(_ sent: String) {
    guard let line = lines.first, line.hasPrefix("> ") else {
      Issue.record("unexpected from the client: \(sent)")
      return
    }
    let wanted = line.dropFirst(2)
    lines.removeFirst()
    if !Self.fits(sent, wanted) { Issue.record("sent    \(sent)\nwanted  \(wanted)") }
    play()
  }

  private static func fits(_ sent: String, _ wanted: Substring) -> Bool {
    guard let sent = json(sent), let wanted = json(String(wanted)) else { return sent == wanted }
    return matches(sent, wanted)
  }

  private static func matches(_ sent: JSON, _ wanted: JSON) -> Bool {
    if wanted == "*" { return true }
    if let a = sent.array, let b = wanted.array {
      return a.count == b.count && zip(a, b).allSatisfy { matches($0, $1) }
    }
    guard let a = sent.object, let b = wanted.object else { return sent == wanted }
    return a.count == b.count
      && b.members.allSatisfy { member in a[member.key].map { matches($0, member.value) } ?? false }
  }

  private static func json(_ text: String) -> JSON? {
    do { return try JSON.parse(text) } catch { return nil }
  }

  private func play() {
    let exchange = last
    while let line = lines.first, !line.hasPrefix("> ") {
      lines.removeFirst()
      perform(line, exchange)
    }
  }

  private func perform(_ line: Substring, _ exchange: ExchangeID) {
    if line.hasPrefix("< ") {
      let onExchange = kind == .streamableHTTP && exchange.number > 0
      deliver(line.dropFirst(2), on: onExchange ? exchange : nil)
    } else if line.hasPrefix("<< ") {
      deliver(line.dropFirst(3), on: nil)
    } else if line.hasPrefix("! ") {
      event(line.dropFirst(2), exchange)
    } else {
      Issue.record("no line of a transcript: \(line)")
    }
  }

  func deliver(_ text: some StringProtocol, on exchange: ExchangeID? = nil) {
    guard let json = Self.json(String(text)) else {
      Issue.record("the transcript is broken: \(text)")
      return
    }
    tell(
      .frame(
        IncomingFrame(
          bytes: Array(text.utf8), json: json, exchange: exchange, arrived: Arrival(clock))))
  }

  private func event(_ text: Substring, _ exchange: ExchangeID) {
    let words = text.split(separator: " ", maxSplits: 1)
    switch words[0] {
    case "accepted": tell(.ended(exchange, .accepted))
    case "unanswered": tell(.ended(exchange, .unanswered))
    case "complete": tell(.ended(exchange, .complete))
    case "session": tell(.session(.assigned))
    case "garbled": garble(words.count > 1 ? words[1] : "", exchange)
    case "exit": end(.process(.exited(1), lastLines: ["boom"]))
    default:
      let body = words.count > 1 ? String(words[1]) : ""
      var fields = HTTPFields()
      if words[0] == "401" { fields.append("WWW-Authenticate", "Bearer") }
      tell(
        .ended(
          exchange,
          .refused(
            HTTPRefusal(
              status: Int(words[0]) ?? 0, headers: fields, body: Array(body.utf8),
              json: Self.json(body)))))
    }
  }

  private func garble(_ text: Substring, _ exchange: ExchangeID) {
    tell(
      .noise(
        Noise(
          bytes: Array(text.utf8), size: text.utf8.count, reason: .brokenJSON("it breaks off"),
          exchange: kind == .streamableHTTP ? exchange : nil, arrived: Arrival(clock))))
  }

  func tell(_ event: TransportEvent) {
    Task { receive?(event) }
  }

  func end(_ reason: TransportEnd) {
    guard !isClosed else { return }
    isClosed = true
    Task {
      receive?(.closed(reason))
      receive = nil
    }
  }
}

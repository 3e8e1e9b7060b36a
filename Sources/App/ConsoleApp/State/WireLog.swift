import JSON
import MCPProtocol
import Operations
import SafeText

/// One message as it crossed the wire, with what can be told of it without showing it.
struct WireEntry: Sendable, Hashable {
  enum Kind: String, Sendable, Hashable {
    case request = "req"
    case response = "res"
    case notification = "ntf"
    case error = "err"
    case http
    /// A line of the server's standard error.
    case log
    case odd
  }

  let number: Int
  let link: Link.ID
  let at: Int64
  let isOutgoing: Bool
  let kind: Kind
  /// The method, or that of the request that is answered.
  var method: String
  let rpcID: String
  /// The tool, prompt or URI that a request names.
  let subject: String
  private(set) var size: Int
  /// What was kept of it; longer messages keep their beginning.
  private(set) var bytes: [UInt8]
  /// As it passed, where secrets are masked in it.
  var original: Secret?
  /// The request of a response, the response of a request.
  var partner: Int?
  /// From the request to its response.
  var milliseconds: Int64?
  /// A response in which a tool says that it failed.
  var isToolError = false

  /// With its secrets, where a person has asked to see them.
  func shown(_ isRevealing: Bool) -> WireEntry {
    guard isRevealing, let original else { return self }
    var entry = self
    entry.bytes = Array(original.reveal().utf8)
    entry.size = entry.bytes.count
    return entry
  }

  var isFault: Bool { kind == .error || kind == .odd || isToolError }
}

/// What passes the wires of all connections, bounded by count and bytes: the oldest goes first.
struct WireLog: Sendable, Hashable {
  static let mostEntries = 10_000
  static let mostBytes = 48 << 20
  private static let kept = 256 << 10
  /// Taken out at once, so that not every message moves the whole log.
  private static let slice = 500

  private(set) var entries: [WireEntry] = []
  private(set) var bytes = 0
  private(set) var last = 0
  /// Changes whenever entries leave, and with them the places of all others.
  private(set) var generation = 0
  private var pending: [String: Int] = [:]

  func entry(_ number: Int) -> WireEntry? { index(of: number).map { entries[$0] } }

  private func index(of number: Int) -> Int? {
    guard let first = entries.first?.number else { return nil }
    let index = number - first
    return entries.indices.contains(index) ? index : nil
  }

  mutating func take(_ news: WireNews, of link: Link.ID, at now: Int64) {
    last += 1
    var entry = Self.read(news, number: last, link: link, at: now)
    pair(&entry)
    add(entry)
  }

  /// A line that a server wrote to its standard error stands among what passed at the time.
  mutating func take(log line: String, of link: Link.ID, at now: Int64) {
    last += 1
    let text = Array(line.utf8)
    add(
      WireEntry(
        number: last, link: link, at: now, isOutgoing: false, kind: .log,
        method: String(line.prefix(Self.longestLog)), rpcID: "", subject: "", size: text.count,
        bytes: text.count > Self.kept ? Array(text.prefix(Self.kept)) : text))
  }

  private static let longestLog = 400

  private mutating func add(_ entry: WireEntry) {
    bytes += entry.bytes.count
    entries.append(entry)
    if entries.count > Self.mostEntries || bytes > Self.mostBytes { dropOldest() }
  }

  mutating func clear() {
    entries = []
    bytes = 0
    pending = [:]
    generation += 1
  }

  private mutating func dropOldest() {
    let leaving = entries.prefix(min(Self.slice, max(1, entries.count / 4)))
    bytes -= leaving.reduce(0) { $0 + $1.bytes.count }
    entries.removeFirst(leaving.count)
    generation += 1
  }

  /// A response goes with the latest request of the other side that has its id.
  private mutating func pair(_ entry: inout WireEntry) {
    let key = "\(entry.link) \(entry.isOutgoing) \(entry.rpcID)"
    if entry.kind == .request {
      pending[key] = entry.number
      return
    }
    guard entry.kind == .response || entry.kind == .error, !entry.rpcID.isEmpty else { return }
    let other = "\(entry.link) \(!entry.isOutgoing) \(entry.rpcID)"
    guard let number = pending.removeValue(forKey: other), let index = index(of: number) else {
      return
    }
    entry.partner = number
    entry.method = entries[index].method
    entry.milliseconds = entry.at - entries[index].at
    entries[index].partner = entry.number
    entries[index].milliseconds = entry.milliseconds
  }

  // MARK: - Reading

  private static let readable = 4 << 20

  private static func read(
    _ news: WireNews, number: Int, link: Link.ID, at now: Int64
  ) -> WireEntry {
    var (kind, method, id, subject) = (WireEntry.Kind.odd, "", "", "")
    switch news.content {
    case .exchange(let facts):
      kind = .http
      method = "\(facts["verb"]?.string ?? "") \(facts["url"]?.string ?? "")"
      subject = facts["status"]?.compact ?? facts["failure"]?.string ?? ""
    case .odd(let sentence): method = sentence
    case .message(let message):
      (kind, method, id, subject) = describe(message)
    }
    let bytes = news.bytes
    let isToolError: Bool =
      if case .message(let message) = news.content {
        message["result"]?.saysError ?? false
      } else {
        false
      }
    return WireEntry(
      number: number, link: link, at: now, isOutgoing: news.isOutgoing, kind: kind,
      method: method, rpcID: id, subject: subject, size: news.size,
      bytes: bytes.count > kept ? Array(bytes.prefix(kept)) : bytes,
      original: bytes.count > kept ? nil : news.original, isToolError: isToolError)
  }

  private static func describe(
    _ message: JSON
  ) -> (WireEntry.Kind, String, String, String) {
    let id = message["id"].map { $0.string ?? $0.compact } ?? ""
    let method = message["method"]?.string
    let params = message["params"]
    let subject = params?["name"]?.string ?? params?["uri"]?.string ?? ""
    if let method { return (id.isEmpty ? .notification : .request, method, id, subject) }
    if let error = message["error"] {
      return (.error, "", id, error["message"]?.string ?? "")
    }
    return (message["result"] == nil ? .odd : .response, "", id, "")
  }
}

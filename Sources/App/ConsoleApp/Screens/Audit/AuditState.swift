import Audit

/// Rows of the log that follow each other, with what was made of them so far.
struct AuditPart: Sendable, Hashable {
  let lines: LogLines
  /// The index of its first row in the whole list.
  var start = 0
  var digest: LogDigest?
  var links: [LogLink]?
  /// What of it the query shows; nil until its digest is there.
  var rows: RowBits?
  /// How many rows each filter of the stack takes.
  var hits: [Int] = []
}

/// An audit log as the window has it.
struct AuditState: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case closed, opening, open
    case failed(String)
  }

  private(set) var source = LogSource.store(folder: nil)
  private(set) var wantedProfile: String?
  var phase = Phase.closed
  /// Tells the news of one log from those of the log before.
  private(set) var number = 0
  private(set) var profile = LogProfile.all[0]
  private(set) var parts: [AuditPart] = []
  private(set) var count = 0
  private(set) var query = AuditQuery()
  /// Indices of the rows that the query shows.
  private(set) var shown: [Int] = []
  /// Changes whenever rows get other places, or the query another meaning.
  private(set) var revision = 0
  /// Everything that was there when it was opened is here.
  private(set) var isCaughtUp = false
  /// What happened to the file, the newest last.
  private(set) var turns: [String] = []
  var replay = AuditReplay()
  /// What the view of counts counts by.
  var countedBy = [LogField.tool]
  var counts = AuditCounts()
  var histogram = AuditHistogram()
  private var isStale = false

  // MARK: - Opening

  mutating func open(_ source: LogSource, profile: String?) -> OperatorEffect {
    let (query, last, replay) = (query, number, replay)
    self = AuditState()
    self.source = source
    (self.query, self.replay) = (query, replay)
    wantedProfile = profile
    number = last + 1
    revision = number << 32
    phase = .opening
    return .openLog(source, profile: profile, number: number)
  }

  mutating func take(_ news: LogNews) {
    switch news {
    case .profile(let found): profile = found
    case .lines(let lines, let inFront): add(lines, inFront: inFront)
    case .digests(let made):
      for item in made { update(item.first) { $0.digest = item.value } }
      isStale = isStale || !query.isEmpty
    case .links(let made):
      for item in made { update(item.first) { $0.links = item.value } }
    case .caughtUp:
      isCaughtUp = true
      phase = .open
    case .turned(let sentence): turns.append(sentence)
    case .failed(let sentence): phase = .failed(sentence)
    }
  }

  private mutating func add(_ lines: [LogLines], inFront: Bool) {
    phase = .open
    let new = lines.map { AuditPart(lines: $0) }
    guard inFront, !parts.isEmpty else {
      for var part in new {
        part.start = count
        count += part.lines.count
        parts.append(part)
        if query.isEmpty { shown += part.start..<count }
      }
      return
    }
    parts = new + parts
    count = 0
    for index in parts.indices {
      parts[index].start = count
      count += parts[index].lines.count
    }
    isStale = true
  }

  private mutating func update(_ first: Int, _ change: (inout AuditPart) -> Void) {
    if let index = index(ofNumber: first) { change(&parts[index]) }
  }

  // MARK: - The query

  /// Lets the list follow what is typed and what has come; runs after every action, and mostly does nothing.
  mutating func settle(typed: String) {
    if query.typed != typed {
      change { $0.type(typed) }
    } else if isStale {
      rebuild()
    }
  }

  mutating func change(_ change: (inout AuditQuery) -> Void) {
    change(&query)
    for index in parts.indices { parts[index].rows = nil }
    rebuild()
  }

  private mutating func rebuild() {
    isStale = false
    revision += 1
    guard !query.isEmpty else {
      shown = Array(0..<count)
      return
    }
    shown = []
    for index in parts.indices {
      if parts[index].rows == nil, let digest = parts[index].digest {
        (parts[index].rows, parts[index].hits) = query.rows(parts[index], digest, profile)
      }
      let start = parts[index].start
      parts[index].rows?.visit { shown.append(start + $0) }
    }
  }

  /// How many rows a filter of the stack takes.
  func hits(ofRule rule: Int) -> Int {
    parts.reduce(0) { $0 + ($1.hits.indices.contains(rule) ? $1.hits[rule] : 0) }
  }

  // MARK: - Rows

  /// The part and the row in it.
  func place(_ index: Int) -> (part: AuditPart, row: Int)? {
    guard let part = Self.last(parts, where: { $0.start <= index }), index >= 0, index < count
    else { return nil }
    return (parts[part], index - parts[part].start)
  }

  func number(ofRow index: Int) -> Int {
    place(index).map { $0.part.lines.first + $0.row } ?? 0
  }

  /// What a row is known by wherever it has moved to: its log and its bytes.
  func noteKey(_ index: Int) -> String {
    guard let place = place(index) else { return "" }
    let hash = place.part.lines.bytes(of: place.row).reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(source.words) \(String(hash, radix: 16))"
  }

  func record(_ index: Int) -> LogRecord? {
    place(index).map { profile.record($0.part.lines.bytes(of: $0.row)) }
  }

  func link(_ index: Int) -> LogLink? {
    place(index).flatMap { place in place.part.links.map { $0[place.row] } }
  }

  /// The row of that number, as the list knows it.
  func row(ofNumber number: Int) -> Int? {
    guard let index = index(ofNumber: number) else { return nil }
    let row = number - parts[index].lines.first
    return row < parts[index].lines.count ? parts[index].start + row : nil
  }

  /// Where in the list a row is shown.
  func line(ofRow row: Int) -> Int? {
    let line = Self.last(shown) { $0 <= row }
    return line.flatMap { shown[$0] == row ? $0 : nil }
  }

  private func index(ofNumber number: Int) -> Int? {
    Self.last(parts) { $0.lines.first <= number }
  }

  /// The last for which it holds, where it holds for the first ones and then for none.
  private static func last<Item>(_ items: [Item], where holds: (Item) -> Bool) -> Int? {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(items[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

import Crypto
package import EventLoop
import JSON

/// Reads a log and goes on as it grows: cutting and understanding it is done off the loop, some parts at a time.
@LoopActor
package final class LogFeed {
  package typealias Tell = @LoopActor (LogNews) -> Void

  private let loop: EventLoop
  private let tell: Tell
  private var reading: Task<Void, Never>?
  private var working: Task<Void, Never>?
  private var profile: LogProfile?
  private var cutter = LogCutter()
  /// Parts that nothing was made of yet, in the order of the log.
  private var undigested: [LogLines] = []
  private var unchained: [LogLines] = []
  private var chain: LogChain?
  private var isCaughtUp = false

  private static let block = 8 << 20
  private static let blockWhileFollowing = 1 << 20
  /// Of longer logs only the end is read.
  private static let mostBytes: Int64 = 1 << 30
  private static let glance = Duration.milliseconds(100)
  private static let digestsAtOnce = 8

  package init(loop: EventLoop, profile: LogProfile?, tell: @escaping Tell) {
    self.loop = loop
    self.profile = profile
    self.tell = tell
  }

  package func stop() {
    reading?.cancel()
    working?.cancel()
  }

  // MARK: - Where from

  package func follow(file path: String) {
    reading = Task { @LoopActor [weak self] in
      do throws(SystemError) {
        var tail = try LogTail(path: path)
        let left = tail.skip(toLast: Self.mostBytes)
        if left > 0 { self?.tell(.turned("the first \(left >> 20) MB are left out")) }
        try await self?.read(&tail)
      } catch {
        if !Task.isCancelled { self?.tell(.failed("\(path): \(error.reason)")) }
      }
    }
  }

  private func read(_ tail: inout LogTail) async throws(SystemError) {
    while !Task.isCancelled {
      let most = isCaughtUp ? Self.blockWhileFollowing : Self.block
      let (block, turn) = try await next(&tail, most)
      if let turn {
        if turn != .gone { cutter.restart() }
        tell(.turned(turn.rawValue))
      }
      if !block.isEmpty {
        take(block)
      } else if turn == nil {
        catchUp()
        do { try await loop.clock.sleep(for: Self.glance) } catch { return }
      }
    }
  }

  /// What there is at first is much, and read aside; what comes later is little.
  private func next(
    _ tail: inout LogTail, _ most: Int
  ) async throws(SystemError) -> ([UInt8], LogTail.Turn?) {
    guard !isCaughtUp else { return try tail.next(most) }
    let before = tail
    let result: Result<(LogTail, [UInt8], LogTail.Turn?), SystemError> = await aside {
      var tail = before
      do throws(SystemError) {
        let (block, turn) = try tail.next(most)
        return .success((tail, block, turn))
      } catch { return .failure(error) }
    }
    let (after, block, turn) = try result.get()
    tail = after
    return (block, turn)
  }

  package func follow(input descriptor: Int32) {
    reading = Task { @LoopActor [weak self] in
      let file = LogFile(descriptor: descriptor)
      while let self, !Task.isCancelled {
        let result: Result<[UInt8], SystemError> = await self.aside {
          do throws(SystemError) { return .success(try file.read(1 << 20)) } catch {
            return .failure(error)
          }
        }
        switch result {
        case .success(let block) where block.isEmpty:
          if let last = self.cutter.finish() { self.add([last], inFront: false) }
          return self.catchUp()
        case .success(let block): self.take(block)
        case .failure(let error): return self.tell(.failed("standard input: \(error.reason)"))
        }
      }
    }
  }

  /// The newest first, then those before them, then what comes.
  package func follow(_ store: AuditStore) {
    profile = .own
    reading = Task { @LoopActor [weak self] in
      do throws(AuditError) { try await self?.read(store) } catch {
        if !Task.isCancelled { self?.tell(.failed(error.description)) }
      }
    }
  }

  private static let firstPage = 500
  private static let page = 2000
  private static let mostRows: Int64 = 1_000_000
  private static let storeGlance = Duration.milliseconds(200)

  private func read(_ store: AuditStore) async throws(AuditError) {
    let head = try await store.head().number
    tell(.profile(.own))
    var end = head
    var size = Self.firstPage
    while end > 0, end > head - Self.mostRows, !Task.isCancelled {
      let start = max(0, end - Int64(size))
      let page = try await store.page(after: start, limit: Int(end - start)).entries
      add(await parts(of: page.filter { $0.number <= end }), inFront: true)
      end = start
      size = Self.page
    }
    catchUp()
    var last = head
    while !Task.isCancelled {
      let page = try await store.page(after: last, limit: Self.page)
      add(await parts(of: page.entries), inFront: false)
      last = page.entries.last?.number ?? last
      if page.next != nil { continue }
      do { try await loop.clock.sleep(for: Self.storeGlance) } catch { return }
    }
  }

  /// As an export writes them; a part ends where a number is missing.
  private func parts(of entries: [AuditEntry]) async -> [LogLines] {
    guard !entries.isEmpty else { return [] }
    return await aside {
      var parts: [LogLines] = []
      var rows: [[UInt8]] = []
      var first = entries[0].number
      for entry in entries {
        if entry.number != first + Int64(rows.count) {
          parts.append(LogLines(rows: rows, first: Int(first)))
          (rows, first) = ([], entry.number)
        }
        rows.append(entry.json.compactBytes)
      }
      return parts + [LogLines(rows: rows, first: Int(first))]
    }
  }

  // MARK: - Parts

  private func take(_ block: [UInt8]) { add(cutter.take(block), inFront: false) }

  private func add(_ parts: [LogLines], inFront: Bool) {
    let parts = parts.filter { $0.count > 0 }
    guard let first = parts.first else { return }
    if profile == nil {
      let found = LogProfile.of(first)
      profile = found
      tell(.profile(found))
    }
    tell(.lines(parts, inFront: inFront))
    undigested = inFront ? parts + undigested : undigested + parts
    unchained = inFront ? parts + unchained : unchained + parts
    work()
  }

  private func catchUp() {
    guard !isCaughtUp else { return }
    isCaughtUp = true
    tell(.caughtUp)
    work()
  }

  // MARK: - Work

  private func work() {
    guard working == nil, let profile else { return }
    working = Task { @LoopActor [weak self] in
      while let self, !Task.isCancelled, await self.workOnce(profile) {}
      self?.working = nil
    }
  }

  /// Newest first: those are looked at first. The chain is walked from its start, once all of it is there.
  private func workOnce(_ profile: LogProfile) async -> Bool {
    let batch = Array(undigested.suffix(Self.digestsAtOnce))
    if !batch.isEmpty {
      undigested.removeLast(batch.count)
      let made = await aside {
        batch.map { LogNews.Made(first: $0.first, value: LogDigest($0, profile)) }
      }
      if !Task.isCancelled { tell(.digests(made)) }
      return true
    }
    return await chainOnce(profile)
  }

  private func chainOnce(_ profile: LogProfile) async -> Bool {
    guard profile.isChained, isCaughtUp, !unchained.isEmpty else { return false }
    if chain == nil { do throws(CryptoError) { chain = try LogChain() } catch { return false } }
    guard let before = chain else { return false }
    let batch = Array(unchained.prefix(Self.digestsAtOnce))
    unchained.removeFirst(batch.count)
    let (after, made) = await aside {
      var chain = before
      let made = batch.map { LogNews.Made(first: $0.first, value: chain.take($0)) }
      return (chain, made)
    }
    chain = after
    if !Task.isCancelled { tell(.links(made)) }
    return true
  }

  /// On a thread of its own.
  private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DetachedThread.start(named: "log") { continuation.resume(returning: work()) }
    }
  }
}

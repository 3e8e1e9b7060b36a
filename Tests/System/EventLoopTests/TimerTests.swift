import EventLoop
import Testing

@LoopActor @Suite struct TimerTests {
  @Test func `timers fire in the order of their deadlines, equal ones in the order they were set`()
    async
  {
    let clock = VirtualClock()
    var fired: [Int] = []
    let delays = [30, 10, 20, 10, 0, 30]
    let timers = delays.enumerated().map { index, delay in
      clock.timer(after: .milliseconds(delay)) { fired.append(index) }
    }
    await clock.advance(by: .milliseconds(15))
    #expect(fired == [4, 1, 3])
    timers[0].cancel()
    await clock.advance(by: .seconds(1))
    #expect(fired == [4, 1, 3, 2, 5])
    #expect(clock.pendingTimers == 0)
  }

  @Test func `a dropped timer does not fire`() async {
    let clock = VirtualClock()
    var fired = false
    _ = clock.timer(after: .seconds(1)) { fired = true }
    await clock.advance(by: .seconds(2))
    #expect(!fired)
  }

  @Test func `thousands of timers, most of them cancelled, keep their order`() async {
    let clock = VirtualClock()
    var seed: UInt64 = 7
    var fired: [Int] = []
    var timers: [LoopTimer] = []
    for index in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let delay = Int(seed >> 40) % 50
      timers.append(clock.timer(after: .milliseconds(delay)) { fired.append(delay) })
      if index % 10 != 0 { timers[index].cancel() }
    }
    #expect(clock.pendingTimers == 2000)
    await clock.advance(by: .seconds(1))
    #expect(fired.count == 2000)
    #expect(fired == fired.sorted())
  }

  @Test func `a thousand real timers fire, none early`() async throws {
    let clock = LoopActor.loop.clock
    let sleepers = (0..<1000).map { index in
      Task { @LoopActor in
        let deadline = clock.now.advanced(by: .microseconds(index * 20))
        try await clock.sleep(until: deadline)
        #expect(clock.now >= deadline)
      }
    }
    for sleeper in sleepers { try await sleeper.value }
  }

  @Test func `a sleep ends with its deadline, or with its task's cancellation`() async throws {
    let clock = VirtualClock()
    let sleeper = Task { @LoopActor in try await clock.sleep(for: .seconds(10)) }
    let cancelled = Task { @LoopActor in try await clock.sleep(for: .seconds(10)) }
    await LoopActor.loop.settle()
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    await clock.advance(by: .seconds(10))
    try await sleeper.value
    let never = Task { @LoopActor in
      withUnsafeCurrentTask { $0?.cancel() }
      try await clock.sleep(for: .seconds(10))
    }
    await #expect(throws: CancellationError.self) { try await never.value }
  }

  @Test func `work over its limit is cancelled and left`() async throws {
    let clock = VirtualClock()
    let slow = Task { @LoopActor in
      try await clock.within(.seconds(5)) { await Unending().wait() }
    }
    await LoopActor.loop.settle()
    await clock.advance(by: .seconds(5))
    await #expect(throws: TimeLimitReached(limit: .seconds(5))) { try await slow.value }
    #expect(try await clock.within(.seconds(5)) { 7 } == 7)
    #expect(clock.pendingTimers == 0)
  }

  @Test func `wall time moves with the virtual clock`() async {
    let clock = VirtualClock()
    #expect(clock.wallTime.description == "2026-07-28T09:00:00.000Z")
    await clock.advance(by: .milliseconds(90_061_250))
    #expect(clock.wallTime.description == "2026-07-29T10:01:01.250Z")
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
    (4_102_444_799_999_999, "2099-12-31T23:59:59.999Z"),
    (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
  ])
  func `moments are written as RFC 3339`(microseconds: Int64, text: String) {
    #expect(WallTime(microseconds: microseconds).description == text)
  }

  @Test func `instants do not overflow`() {
    let late = LoopInstant(nanoseconds: .max - 5)
    #expect(late.advanced(by: .seconds(1)) == .distantFuture)
    #expect(late.advanced(by: .seconds(Int64.max)) == .distantFuture)
    #expect(LoopInstant(nanoseconds: .min).duration(to: late) == .nanoseconds(Int64.max))
  }
}

/// A wait that not even cancellation ends.
@LoopActor
private final class Unending {
  private var continuation: CheckedContinuation<Void, Never>?

  func wait() async { await withCheckedContinuation { continuation = $0 } }

  isolated deinit { continuation?.resume() }
}

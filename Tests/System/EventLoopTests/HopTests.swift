import EventLoop
import Glibc
import Synchronization
import Testing

@Suite struct HopTests {
  @Test func `forty thousand hops from other threads all arrive, in each sender's order`() async {
    let senders = 8, hops = 5000
    let log = HopLog()
    await withTaskGroup(of: Void.self) { group in
      for sender in 0..<senders {
        group.addTask { for hop in 0..<hops { await log.add(sender, hop) } }
      }
    }
    for sender in 0..<senders { #expect(await log.seen[sender] == Array(0..<hops)) }
  }

  @LoopActor @Test func `work on the loop stays on one thread`() async {
    let before = pthread_self()
    await LoopActor.loop.nextTurn()
    #expect(pthread_self() == before)
  }

  @LoopActor @Test func `blocking work runs elsewhere and comes back`() async throws {
    let here = pthread_self()
    let there = try await LoopActor.loop.blocking { pthread_self() }
    #expect(there != here)
    #expect(pthread_self() == here)
  }

  @Test func `the program's outcome comes back to a thread that waits for it`() async {
    await LoopActor.loop.nextTurn()
    let outcome = await withCheckedContinuation { continuation in
      DetachedThread.start(named: "program") {
        continuation.resume(
          returning: EventLoop.run { loop in
            var steps: [Int] = []
            loop.beforeExit { steps.append(1) }
            try? await loop.clock.sleep(for: .milliseconds(1))
            return 42
          })
      }
    }
    #expect(outcome == 42)
  }

  @LoopActor @Test func `jobs without end do not keep a descriptor from its turn`() async throws {
    let pipe = try PipeEnds()
    var isOver = false
    let watch = try LoopActor.loop.watch(pipe.reader, for: .read) { _ in isOver = true }
    pipe.write("x")
    while !isOver { await Task.yield() }
    watch.cancel()
  }
}

@LoopActor
private final class HopLog {
  var seen: [Int: [Int]] = [:]

  nonisolated init() {}

  func add(_ sender: Int, _ hop: Int) { seen[sender, default: []].append(hop) }
}

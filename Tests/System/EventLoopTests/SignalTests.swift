import CLinux
import EventLoop
import Glibc
import Testing

@LoopActor @Suite(.serialized) struct SignalTests {
  let loop = LoopActor.loop

  @Test func `a signal to the loop's thread reaches every subscriber in order`() async throws {
    var heard: [Int] = []
    let first = try loop.onSignal(.user1) { heard.append(1) }
    let second = try loop.onSignal(.user1) { heard.append(2) }
    al_thread_signal(al_thread_id(), SIGUSR1)
    while heard.count < 2 { await loop.nextTurn() }
    #expect(heard == [1, 2])
    first.cancel()
    al_thread_signal(al_thread_id(), SIGUSR1)
    while heard.count < 3 { await loop.nextTurn() }
    #expect(heard == [1, 2, 2])
    second.cancel()
  }

  @Test func `a signal nobody has subscribed to any more is taken and dropped`() async throws {
    var heard = 0
    let watch = try loop.onSignal(.windowChanged) { heard += 1 }
    watch.cancel()
    al_thread_signal(al_thread_id(), SIGWINCH)
    await loop.settle()
    #expect(heard == 0)
  }

  @Test(arguments: [(Signal.terminate, "SIGTERM"), (Signal(rawValue: 42), "signal 42")])
  func `signals have the names people know`(signal: Signal, name: String) {
    #expect(signal.name == name)
  }
}

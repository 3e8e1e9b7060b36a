import CLinux
import EventLoop
import Glibc
import Testing

@LoopActor @Suite struct WatchTests {
  let loop = LoopActor.loop

  @Test func `a readable descriptor is told until it is read empty`() async throws {
    let pipe = try PipeEnds()
    var texts: [String] = []
    var calls = 0
    let watch = try loop.watch(pipe.reader, for: .read) { readiness in
      #expect(readiness == .read)
      calls += 1
      if calls == 3, let text = pipe.read() { texts.append(text) }
    }
    pipe.write("hello")
    while texts.isEmpty { await loop.nextTurn() }
    await loop.settle()
    #expect(texts == ["hello"])
    #expect(calls == 3)
    watch.cancel()
  }

  @Test func `the end of a pipe is told as a hang-up`() async throws {
    let pipe = try PipeEnds()
    var told: Readiness?
    let watch = try loop.watch(pipe.reader, for: .read) { told = $0 }
    pipe.closeWriter()
    while told == nil { await loop.nextTurn() }
    #expect(told == .hangUp)
    watch.cancel()
  }

  @Test
  func `a watch without interest stays silent even at a hang-up, and speaks when asked again`()
    async throws
  {
    let pipe = try PipeEnds()
    var calls = 0
    let watch = try loop.watch(pipe.reader, for: .read) { _ in calls += 1 }
    watch.interest = []
    pipe.closeWriter()
    await loop.settle()
    #expect(calls == 0)
    watch.interest = .read
    while calls == 0 { await loop.nextTurn() }
    watch.cancel()
  }

  @Test func `a cancelled or dropped watch is not called again`() async throws {
    let pipe = try PipeEnds()
    var calls = 0
    var watch: FileWatch? = try loop.watch(pipe.reader, for: .read) { _ in calls += 1 }
    pipe.write("x")
    watch?.cancel()
    await loop.settle()
    watch = try loop.watch(pipe.reader, for: .read) { _ in calls += 1 }
    watch = nil
    await loop.settle()
    #expect(calls == 0)
    #expect(watch == nil)
  }

  @Test func `a handler may cancel the watch whose event comes next`() async throws {
    let pipes = try [PipeEnds(), PipeEnds()]
    let watches = WatchBag()
    var calls = 0
    for pipe in pipes {
      watches.all.append(
        try loop.watch(pipe.reader, for: .read) { _ in
          calls += 1
          for watch in watches.all { watch.cancel() }
        })
    }
    for pipe in pipes { pipe.write("x") }
    while calls == 0 { await loop.nextTurn() }
    await loop.settle()
    #expect(calls == 1)
  }

  @Test(arguments: ["/dev/null", "/proc/self/exe"])
  func `a file that epoll refuses is always ready`(path: String) async throws {
    let fd = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(fd) }
    var calls = 0
    let watch = try loop.watch(fd, for: .read) { readiness in
      #expect(readiness == .read)
      calls += 1
    }
    while calls < 3 { await loop.nextTurn() }
    watch.interest = []
    let seen = calls
    await loop.settle()
    #expect(calls == seen)
    watch.interest = .read
    while calls == seen { await loop.nextTurn() }
    watch.cancel()
  }

  @Test func `a descriptor that is closed or watched already is refused`() throws {
    #expect(throws: SystemError(call: "epoll_ctl", code: EBADF)) {
      _ = try loop.watch(1_000_000, for: .read) { _ in }
    }
    let pipe = try PipeEnds()
    let first = try loop.watch(pipe.reader, for: .read) { _ in }
    #expect(throws: SystemError(call: "epoll_ctl", code: EEXIST)) {
      _ = try loop.watch(pipe.reader, for: .read) { _ in }
    }
    #expect(first.interest == .read)
    first.cancel()
  }

  @Test func `a number that was closed and given out again belongs to its new watch`() async throws
  {
    let pipe = try PipeEnds(), new = try PipeEnds()
    var calls: [String] = []
    let stale = try loop.watch(pipe.reader, for: .read) { _ in calls.append("old") }
    dup2(new.reader, pipe.reader)
    let watch = try loop.watch(pipe.reader, for: .read) { _ in calls.append("new") }
    new.write("x")
    while calls.isEmpty { await loop.nextTurn() }
    stale.cancel()
    #expect(Set(calls) == ["new"])
    #expect(watch.interest == .read)
    watch.cancel()
  }

  @Test func `a full pipe is writable again once it is read`() async throws {
    let pipe = try PipeEnds()
    while pipe.write(String(repeating: "x", count: 65_536)) > 0 {}
    var calls = 0
    let watch = try loop.watch(pipe.writer, for: .write) { _ in calls += 1 }
    await loop.settle()
    #expect(calls == 0)
    while pipe.read() != nil {}
    while calls == 0 { await loop.nextTurn() }
    watch.cancel()
  }
}

@LoopActor
private final class WatchBag {
  var all: [FileWatch] = []
}

import EventLoop
import Glibc
import JSON
import Processes
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns) struct StdioTransportTests {
  let host = ProcessHost()
  let tap = TrafficTap()

  private func transport(_ script: String) -> StdioTransport {
    let request = LaunchRequest(
      program: "sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
    return StdioTransport(request, host: host, tap: tap, teardown: .quick)
  }

  private func start(_ script: String) async throws -> (StdioTransport, Inbox) {
    let transport = transport(script)
    let inbox = Inbox()
    try await transport.start { inbox.take($0) }
    return (transport, inbox)
  }

  private func frame(_ text: String) -> OutgoingFrame {
    OutgoingFrame(bytes: Array(text.utf8), purpose: .request, method: "m")
  }

  @Test func `frames go out as lines and come back as values`() async throws {
    let (transport, inbox) = try await start("exec cat")
    try transport.send(frame("{\"n\":1}"))
    try transport.send(frame("{\n\"n\":\n2}"))
    try await inbox.wait { $0.frames.count == 2 }
    #expect(inbox.frames == [["n": 1], ["n": 2]])
    await transport.close()
    #expect(inbox.end == .byUs)
    #expect(throws: TransportFailure.notOpen) { try transport.send(frame("{}")) }
  }

  @Test func `a server that dies in mid-call is told with its signal and last words`() async throws
  {
    let (transport, inbox) = try await start(
      "read line; echo one >&2; echo two >&2; kill -9 $$")
    try transport.send(frame("{}"))
    try await inbox.waitForEnd()
    #expect(inbox.end == .process(.killed(.kill), lastLines: ["one", "two"]))
    #expect(throws: TransportFailure.notOpen) { try transport.send(frame("{}")) }
    await transport.close()
    #expect(inbox.ends.count == 1)
    #expect(host.running == 0)
  }

  @Test func `what a server wrote before it exited is not lost`() async throws {
    let (transport, inbox) = try await start("printf 'hi\\n{\"a\":1}\\n{\"b\":2}'; exit 3")
    try await inbox.waitForEnd()
    #expect(inbox.frames == [["a": 1], ["b": 2]])
    #expect(inbox.noise == ["hi"])
    #expect(inbox.end == .process(.exited(3), lastLines: []))
    await transport.close()
  }

  @Test func `a large message keeps its place among the others`() async throws {
    let large =
      #"awk 'BEGIN { printf "{\"large\":["; for (i = 0; i < 200000; i++) printf "%d,", i; print "0]}" }'"#
    let script =
      "echo '{\"n\":1}'; \(large); echo '{\"n\":2}'; echo noise; \(large); printf '{\"n\":3}'"
    let (transport, inbox) = try await start("\(script); exec sleep 1000")
    try await inbox.wait { $0.frames.count == 5 }
    #expect(inbox.frames.map { $0["n"]?.number?.int } == [1, nil, 2, nil, 3])
    #expect(inbox.frames[1]["large"]?.array?.count == 200_001)
    #expect(inbox.noise == ["noise"])
    await transport.close()
    #expect(inbox.end == .byUs)
    let (dying, last) = try await start(script)
    try await last.waitForEnd()
    #expect(last.frames.map { $0["n"]?.number?.int } == [1, nil, 2, nil, 3])
    #expect(last.end == .process(.exited(0), lastLines: []))
    await dying.close()
  }

  @Test func `helpers that keep the pipe of a crashed server do not hide its end`() async throws {
    let (transport, inbox) = try await start("sleep 1000 & echo '{}'; exit 1")
    try await inbox.waitForEnd()
    #expect(inbox.end == .process(.exited(1), lastLines: []))
    await transport.close()
    #expect(host.running == 0)
  }

  @Test func `a launcher that leaves a server behind is not the server's end`() async throws {
    let (transport, inbox) = try await start("exec 3<&0; cat <&3 & exit 0")
    try transport.send(frame("{\"still\":\"there\"}"))
    try await inbox.wait { $0.frames.count == 1 }
    await transport.close()
    #expect(inbox.end == .byUs)
  }

  @Test func `a server that closes its output and stays has hung up`() async throws {
    let (transport, inbox) = try await start("exec >&-; exec sleep 1000")
    try await inbox.waitForEnd()
    #expect(inbox.end == .byPeer)
    await transport.close()
  }

  @Test func `a server that does not read is congestion, then an ended exchange`() async throws {
    host.inputLimit = 1_000_000
    let (transport, inbox) = try await start("read line; echo '{}'; exec <&-; exec sleep 1000")
    let big = frame("{\"x\":\"" + String(repeating: "x", count: 400_000) + "\"}")
    let first = try transport.send(big)
    _ = try transport.send(big)
    let congested = #expect(throws: TransportFailure.self) {
      for _ in 0..<3 { try transport.send(big) }
    }
    if case .congested(let waiting)? = congested { #expect(waiting > 600_000) }
    try await inbox.wait { !$0.ended.isEmpty }
    #expect(inbox.ended.first?.1 == .failed(.write(SystemError(call: "write", code: EPIPE))))
    #expect(inbox.ended.map(\.0.number) == Array(first.number...2).suffix(inbox.ended.count))
    await transport.close()
  }

  @Test func `lines of standard error are a log and keep coming while messages do`() async throws {
    let (transport, inbox) = try await start(
      "seq 1 20000 >&2 & echo '{\"a\":1}'; wait; echo '{\"b\":1}'; exec cat >/dev/null")
    try await inbox.wait { $0.frames.count == 2 && $0.logs.count == 20_000 }
    #expect(inbox.logs.last == "20000")
    await transport.close()
  }

  @Test func `a program that cannot be started is a failure of the launch`() async throws {
    let request = LaunchRequest(program: "no-such-server", environment: ["PATH": "/bin"])
    let transport = StdioTransport(request, host: host)
    await #expect(
      throws: TransportFailure.launch(.notFound(program: "no-such-server", searched: ["/bin"]))
    ) {
      try await transport.start { _ in }
    }
    await transport.close()
  }

  @Test func `a message of many megabytes arrives whole`() async throws {
    let (transport, inbox) = try await start(
      "printf '{\"x\":\"'; head -c 1000000 /dev/zero | tr '\\0' y; printf '\"}\\n'; exec cat")
    try await inbox.wait { $0.frames.count == 1 }
    #expect(inbox.frames[0]["x"]?.string?.utf8.count == 1_000_000)
    await transport.close()
  }

  @Test func `the tap sees the command without its secrets, then every line`() async throws {
    var seen: [String] = []
    let subscription = tap.listen { seen.append($0.content.word) }
    let request = LaunchRequest(
      program: "sh", arguments: ["-c", "exec cat", "--token=sk_live_4eC39HqLyjWDarjtT1zdp7dc"],
      environment: ["PATH": "/usr/bin:/bin"])
    let transport = StdioTransport(request, host: host, tap: tap, teardown: .quick)
    let inbox = Inbox()
    try await transport.start { inbox.take($0) }
    try transport.send(frame("{\"n\":1}"))
    try await inbox.wait { $0.frames.count == 1 }
    await transport.close()
    #expect(seen.first?.contains("4eC39") == false)
    #expect(seen.dropFirst() == ["sent {\"n\":1}", "received {\"n\":1}", "closed"])
    withExtendedLifetime(subscription) {}
  }

  @Test func `a transport that is dropped leaves no process`() async throws {
    var transport: StdioTransport? = transport("trap '' TERM; sleep 1000")
    try await transport?.start { _ in }
    let pid = try #require(transport?.pid)
    transport = nil
    let clock = LoopActor.loop.clock
    let limit = clock.now.advanced(by: .seconds(20))
    while (ProcessMemory.resident(of: pid) ?? 0) > 0, clock.now < limit {
      try await clock.sleep(for: .milliseconds(2))
    }
    #expect((ProcessMemory.resident(of: pid) ?? 0) == 0 && transport == nil)
  }
}

extension TrafficEntry.Content {
  fileprivate var word: String {
    switch self {
    case .frame(let direction, let bytes, _):
      "\(direction.rawValue) \(String(decoding: bytes, as: UTF8.self))"
    case .noise: "noise"
    case .log: "log"
    case .http: "http"
    case .opened(let what): "opened \(what)"
    case .closed: "closed"
    }
  }
}

// What a process makes of what is written to it.
extension StdioTransportTests {
  private func wait(
    for attention: PeerAttention, of transport: StdioTransport
  ) async throws -> Bool {
    for _ in 0..<500 {
      if transport.attention() == attention { return true }
      try await LoopActor.loop.clock.sleep(for: .milliseconds(10))
    }
    return false
  }

  @Test func `a program that has read and rests is told from one that has not read`() async throws {
    let (reader, _) = try await start("read line; exec sleep 1000")
    try reader.send(frame("{}"))
    #expect(try await wait(for: .atRest, of: reader))
    await reader.close()
    let (deaf, _) = try await start("exec sleep 1000")
    try deaf.send(frame("{}"))
    #expect(try await wait(for: .unread, of: deaf))
    #expect(deaf.attention() == .unread)
    await deaf.close()
    #expect(deaf.attention() == nil)
  }

  @Test func `a program that works on its input is not at rest`() async throws {
    let (transport, _) = try await start("read line; while :; do :; done")
    try transport.send(frame("{}"))
    #expect(try await wait(for: .atWork, of: transport))
    await transport.close()
  }

  @Test func `a pipe broken by an exit is told as the exit`() async throws {
    let (transport, inbox) = try await start("exec <&-; exit 7")
    try transport.send(frame("{}"))
    try await inbox.waitForEnd()
    #expect(inbox.end == .process(.exited(7), lastLines: []))
    await transport.close()
  }
}

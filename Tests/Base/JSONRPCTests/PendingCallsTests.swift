import JSON
import JSONRPC
import Testing

@Suite struct PendingCallsTests {
  private func word(_ settlement: Settlement<String>) -> String {
    switch settlement {
    case .answered(let id, let call): "answered \(id) \(call)"
    case .loosely(let id, let call): "loosely \(id) \(call)"
    case .late(let id): "late \(id)"
    case .duplicate: "duplicate"
    case .unknown: "unknown"
    }
  }

  @Test func `an answer finds its call once`() {
    var calls = PendingCalls<String>()
    let ids = [calls.open("a"), calls.open("b")]
    #expect(ids == [1, 2])
    let words = [2, 2, 3].map { word(calls.settle(RPCID($0))) }
    #expect(words == ["answered 2 b", "duplicate", "unknown"])
    #expect(calls.count == 1)
  }

  @Test func `a number id returned as a string is matched and told`() {
    var calls = PendingCalls<String>()
    _ = calls.open("a")
    let words = ["1", "x"].map { word(calls.settle(.string($0))) }
    #expect(words == ["loosely 1 a", "unknown"])
  }

  @Test func `an abandoned call knows its late answer, and only once`() {
    var calls = PendingCalls<String>()
    let id = calls.open("a")
    let abandoned = [calls.abandon(id), calls.abandon(id)]
    #expect(abandoned == ["a", nil])
    let words = [id, id].map { word(calls.settle($0)) }
    #expect(words == ["late 1", "duplicate"])
  }

  @Test func `memory of abandoned calls is bounded`() {
    var calls = PendingCalls<String>(remembering: 2)
    for _ in 0..<5 { _ = calls.abandon(calls.open("x")) }
    let words = [1, 5].map { word(calls.settle(RPCID($0))) }
    #expect(words == ["duplicate", "late 5"])
  }

  @Test func `draining gives all calls in the order they were sent`() {
    var calls = PendingCalls<String>()
    for name in ["a", "b", "c"] { _ = calls.open(name) }
    let drained = calls.drain().map(\.call)
    #expect(drained == ["a", "b", "c"])
    #expect(calls.isEmpty)
  }

  @Test func `a chosen id is refused where it is taken or was issued`() {
    var calls = PendingCalls<String>()
    let probes = [calls.open("p", as: "probe-1"), calls.open("p", as: "probe-1")]
    #expect(probes == [true, false])
    _ = calls.open("a")
    let taken = calls.open("p", as: 1)
    #expect(!taken)
  }

  @Test func `ids are equal by kind and text`() {
    #expect(RPCID(1) != RPCID.string("1"))
    #expect(RPCID(JSON.number(JSONNumber(9_007_199_254_740_993))) != RPCID(9_007_199_254_740_992))
    #expect(RPCID(JSON.null) == nil)
    #expect(RPCID(1).resembles("1"))
    #expect(!RPCID(1).resembles("one"))
  }

  @Test func `a request the peer cancelled is not answered`() {
    var incoming = IncomingCalls<String>()
    let begun = [incoming.begin(1, "roots"), incoming.begin(1, "again")]
    #expect(begun == [true, false])
    let states = [incoming.cancel(1), incoming.finish(1)]
    #expect(states == ["roots", nil])
  }
}

import Audit
import Database
import Glibc
import JSON
import TestSupport
import Testing

@Suite(.inTurns) struct JournalTests {
  private let scratch = ScratchFolder()

  private func call(
    _ name: String, session: Int64 = 1, at moment: Int64 = 1_000, params: JSON = [:],
    outcome: JournalCall.Outcome = .ok, answer: JSON = ["content": []], bytes: Int = 14
  ) -> JournalEntry {
    .call(
      JournalCall(
        session: session, startedAt: moment, milliseconds: 1.5, method: "tools/call", name: name,
        params: params, outcome: outcome, answer: answer, bytes: bytes))
  }

  private func frame(_ text: String, session: Int64 = 1, at moment: Int64 = 1_000) -> JournalEntry {
    .frame(
      JournalFrame(
        session: session, at: moment, isOutgoing: true, body: Array(text.utf8)))
  }

  private func session(_ id: Int64, _ target: String) -> JournalEntry {
    .session(JournalSession(id: id, startedAt: 900, target: target, summary: "stdio"))
  }

  @Test func `what was noted is found again after the journal was closed`() async throws {
    let first = try await Journal.open(scratch.file("store"))
    first.note(session(1, "python server.py"))
    first.note(call("add", params: ["arguments": ["a": 1, "b": 0.10]]))
    await first.close()
    let second = try await Journal.open(scratch.file("store"))
    let calls = try await second.calls(HistoryQuery())
    #expect(calls.map(\.number) == [1])
    #expect(calls.first?.target == "python server.py")
    #expect(calls.first?.call.params.compact == #"{"arguments":{"a":1,"b":0.1}}"#)
    await second.close()
  }

  @Test func `the newest matching calls come first`() async throws {
    let journal = try await Journal.open(scratch.file("store"))
    journal.note(session(1, "https://one.example/mcp"))
    journal.note(session(2, "100%_sure"))
    journal.note(call("add", at: 1))
    journal.note(call("sub", session: 2, at: 2, outcome: .toolError))
    journal.note(call("add", session: 2, at: 3))
    func numbers(_ change: (inout HistoryQuery) -> Void) async throws -> [Int64] {
      var query = HistoryQuery()
      change(&query)
      return try await journal.calls(query).map(\.number)
    }
    #expect(try await numbers { _ in } == [3, 2, 1])
    #expect(try await numbers { $0.name = "add" } == [3, 1])
    #expect(try await numbers { $0.outcome = .toolError } == [2])
    #expect(try await numbers { $0.since = 2 } == [3, 2])
    #expect(try await numbers { $0.limit = 1 } == [3])
    #expect(try await numbers { $0.target = "one.example" } == [1])
    #expect(try await numbers { $0.target = "%_s" } == [3, 2])
    #expect(try await numbers { $0.target = "___________________" } == [])
    await journal.close()
  }

  @Test func `secrets by name never reach the store`() async throws {
    let journal = try await Journal.open(scratch.file("store"))
    journal.note(
      call("login", params: ["arguments": ["password": "hunter2", "nested": [["apiKey": "k-1"]]]]))
    let kept = try await journal.call(number: 1)
    let text = kept?.call.params.compact ?? ""
    #expect(!text.contains("hunter2") && !text.contains("k-1"))
    #expect(text.contains("password"))
    await journal.close()
  }

  @Test func `a frame is kept with its secrets masked and is found by method and id`() async throws
  {
    let journal = try await Journal.open(scratch.file("store"))
    journal.note(
      frame(#"{"id":7,"method":"tools/call","params":{"arguments":{"token":"t-1","n":1e400}}}"#))
    let kept = try await journal.frames(ofSession: 1).first
    #expect(kept?.method == "tools/call")
    #expect(kept?.rpcID == "7")
    let body = String(decoding: kept?.frame.body ?? [], as: UTF8.self)
    #expect(!body.contains("t-1") && body.contains("1e400"))
    await journal.close()
  }

  @Test func `a frame is masked by its bytes and keeps every other one`() async throws {
    let rows = [
      (#"{ "a" : 1.50, "token":"t", "b":[]}"#, #"{ "a" : 1.50, "token":"••••", "b":[]}"#),
      (#"{"\u0074oken":"x","t":""}"#, #"{"\u0074oken":"••••","t":""}"#),
      (
        #"{"token":"","api_key":null,"password":5,"secret":true}"#,
        #"{"token":"","api_key":null,"password":"••••","secret":true}"#
      ),
      (
        #"{"error":{"code":-32000},"code":"E1","key":"name","Auth":"none","token":"t"}"#,
        #"{"error":{"code":-32000},"code":"E1","key":"name","Auth":"none","token":"••••"}"#
      ),
      (#"{"secret":{"x":[{"password":"y"}]}}"#, #"{"secret":{"x":[{"password":"••••"}]}}"#),
      (
        #"{"line":"a\nsk-0123456789abcdef","q":"caf\u00e9"}"#,
        #"{"line":"a\nsk-••••","q":"caf\u00e9"}"#
      ),
      (
        #"["Bearer abcdefgh",{"url":"http://u:p@h/"}]"#,
        #"["Bearer ••••",{"url":"http://u:••••@h/"}]"#
      ),
    ]
    let journal = try await Journal.open(scratch.file("store"))
    for row in rows { journal.note(frame(row.0)) }
    let kept = try await journal.frames(ofSession: 1)
    #expect(kept.map { String(decoding: $0.frame.body, as: UTF8.self) } == rows.map(\.1))
    await journal.close()
  }

  @Test func `the two ways of masking agree, and leave codes and keys alone`() throws {
    let rows = [
      #"{"error":{"code":-32000},"code":"E1","key":7,"auth":"a"}"#,
      #"{"password":"p","nested":{"api_key":"k","client_secret":5}}"#,
    ]
    for row in rows {
      let masked = String(decoding: try JSONDocument(Array(row.utf8)).maskedBytes, as: UTF8.self)
      #expect(masked == (try JSON.parse(row)).masked.compact)
      #expect((masked == row) == row.contains("error"))
    }
  }

  @Test func `the facts of an exchange are put into words when they are written`() async throws {
    let journal = try await Journal.open(scratch.file("store"))
    journal.note(.exchange(session: 1, at: 5) { ["status": 200, "authorization": "secret"] })
    let kept = try await journal.frames(ofSession: 1).first
    #expect(kept?.frame.exchange == ["status": 200, "authorization": "••••"])
    #expect(kept?.frame.at == 5)
    await journal.close()
  }

  @Test func `a store that cannot be opened fails behind the caller's back`() async {
    let journal = Journal(opening: "/proc/none/store")
    journal.note(session(1, "t"))
    await journal.close()
    #expect(journal.failure?.code == .cannotOpen)
  }

  @Test func `the oldest goes when a limit is passed`() async throws {
    var limits = JournalLimits()
    limits.calls = 10
    limits.bytes = 500
    let first = try await Journal.open(scratch.file("store"), limits: limits)
    first.note(session(1, "t"))
    for n in 0..<50 {
      first.note(call("tool\(n)"))
      first.note(frame(String(repeating: "x", count: 100)))
    }
    await first.close()
    let second = try await Journal.open(scratch.file("store"), limits: limits)
    second.note(call("last"))
    let calls = try await second.calls(HistoryQuery())
    #expect(calls.count == 10)
    #expect(calls.first?.call.name == "last")
    #expect(try await second.frames(ofSession: 1).count == 5)
    await second.close()
  }

  @Test func `an answer too large to keep leaves its size`() async throws {
    var limits = JournalLimits()
    limits.bytesEach = 10
    let journal = try await Journal.open(scratch.file("store"), limits: limits)
    journal.note(call("big", answer: .string("0123456789abc"), bytes: 15))
    journal.note(frame("0123456789abc"))
    #expect(try await journal.call(number: 1)?.call.answer == ["notKept": 15])
    let kept = try await journal.frames(ofSession: 1).first
    #expect(kept?.size == 13)
    #expect(kept?.frame.body == [])
    await journal.close()
  }

  @Test func `two journals on one store lose nothing`() async throws {
    let first = try await Journal.open(scratch.file("store"))
    let second = try await Journal.open(scratch.file("store"))
    for n in 0..<300 {
      first.note(call("one\(n)"))
      second.note(call("two\(n)", session: 2))
    }
    await first.flush()
    await second.close()
    var query = HistoryQuery()
    query.limit = 1_000
    #expect(try await first.calls(query).count == 600)
    await first.close()
  }

  @Test func `a store that fails switches the journal off and nothing else`() async throws {
    let journal = try await Journal.open(scratch.file("store"))
    await journal.close()
    journal.note(call("late"))
    await journal.flush()
    #expect(journal.failure?.code == .closed)
    journal.note(call("later"))
    await journal.flush()
  }

  @Test func `a folder in place of the store is an error with a sentence`() async {
    let error = await #expect(throws: DatabaseError.self) { try await Journal.open(scratch.path) }
    #expect(error?.code == .cannotOpen)
  }
}

import EventLoop
import JSON
import JSONRPC
import MCPClient
import MCPEras
import MCPProtocol
import TestSupport
import Testing
import Transports

@LoopActor
@Suite(.inTurns) struct SubscriptionTests {
  private let capabilities =
    "{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},\"resources\":{\"subscribe\":true}}"

  private func modern(
    _ script: String, kind: TransportKind = .streamableHTTP
  ) async throws -> (Session, Conversation) {
    let conversation = Conversation(kind, Opening.stateless(capabilities: capabilities) + script)
    return (try await conversation.connector(.pinned(.v20260728)).connect(), conversation)
  }

  private func news(_ conversation: Conversation) -> [String] {
    conversation.events.compactMap { event in
      switch event {
      case .listChanged(let kind): "changed \(kind.rawValue)"
      case .resourceUpdated(let uri): "updated \(uri ?? "?")"
      case .subscription(.agreed): "agreed"
      case .subscription(.endedByServer): "ended"
      case .subscription(.lost(let delay)): "lost \(delay)"
      case .subscription(.failed(let error)): "failed: \(error)"
      default: nil
      }
    }
  }

  private func listen(_ id: Int, _ filter: String) -> String {
    "> {\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":\(filter),\"_meta\":\"*\"}}\n"
  }

  private func tell(_ id: Int, _ method: String, _ params: String = "") -> String {
    "< {\"jsonrpc\":\"2.0\",\"method\":\"notifications/\(method)\",\"params\":{\(params)\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\(id)}}}\n"
  }

  private let lists = "{\"toolsListChanged\":true,\"promptsListChanged\":true}"

  @Test func `lists are followed through one stream, and what it brings is told`() async throws {
    let (session, conversation) = try await modern(
      listen(1, lists)
        + tell(1, "subscriptions/acknowledged", "\"notifications\":\(lists),")
        + tell(1, "tools/list_changed") + tell(1, "prompts/list_changed")
        + tell(77, "tools/list_changed"))
    session.followLists()
    await LoopActor.loop.settle()
    #expect(
      news(conversation) == ["agreed", "changed tools", "changed prompts", "changed tools"])
    #expect(conversation.findings == ["a message came for an unknown subscription"])
    conversation.finish()
  }

  @Test func `a new wish opens a new stream before the old one ends`() async throws {
    let (session, conversation) = try await modern(
      listen(1, "{\"resourceSubscriptions\":[\"a:1\"]}")
        + tell(
          1, "subscriptions/acknowledged",
          "\"notifications\":{\"resourceSubscriptions\":[\"a:1\"]},")
        + listen(2, "{\"resourceSubscriptions\":[\"a:1\",\"a:2\"]}")
        + tell(
          2, "subscriptions/acknowledged",
          "\"notifications\":{\"resourceSubscriptions\":[\"a:1\"]},")
        + "> forget\n" + tell(2, "resources/updated", "\"uri\":\"a:1\","))
    try await session.subscribe(to: "a:1")
    await LoopActor.loop.settle()
    try await session.subscribe(to: "a:2")
    await LoopActor.loop.settle()
    #expect(news(conversation) == ["agreed", "agreed", "updated a:1"])
    #expect(
      conversation.findings == ["the server agreed to fewer subscriptions than were asked for"])
    conversation.finish()
  }

  @Test func `the last wish withdrawn ends the stream`() async throws {
    let (session, conversation) = try await modern(
      listen(1, "{\"resourceSubscriptions\":[\"a:1\"]}")
        + "> {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n",
      kind: .stdio)
    try await session.subscribe(to: "a:1")
    await LoopActor.loop.settle()
    try await session.unsubscribe(from: "a:1")
    await LoopActor.loop.settle()
    conversation.finish()
  }

  @Test func `a lost stream is opened again, later each time`() async throws {
    let (session, conversation) = try await modern(
      listen(1, lists) + "! unanswered\n" + listen(2, lists) + "! unanswered\n" + listen(3, lists)
        + tell(3, "subscriptions/acknowledged", "\"notifications\":\(lists),"))
    session.followLists()
    for _ in 0..<100 where news(conversation).count < 3 {
      await conversation.clock.advance(by: .seconds(1))
    }
    #expect(news(conversation) == ["lost 1.0 seconds", "lost 2.0 seconds", "agreed"])
    conversation.finish()
  }

  @Test func `a server may end a stream by a result or by a cancellation`() async throws {
    func check(_ end: String) async throws {
      let (session, conversation) = try await modern(listen(1, lists) + end, kind: .stdio)
      session.followLists()
      await conversation.clock.advance(by: .seconds(100))
      #expect(news(conversation) == ["ended"])
      conversation.finish()
    }
    try await check("< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\"}}")
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")
  }

  @Test func `a server without listening says so once`() async throws {
    let (session, conversation) = try await modern(
      listen(1, lists)
        + "! 404 {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no\"}}")
    session.followLists()
    await conversation.clock.advance(by: .seconds(100))
    #expect(
      news(conversation) == [
        "failed: subscriptions/listen: the server answered error -32601, HTTP 404: no"
      ])
    conversation.finish()
  }

  @Test func `in the handshake era resources are subscribed one by one and lists come unasked`()
    async throws
  {
    let conversation = Conversation(
      .stdio,
      Opening.handshake(capabilities: capabilities) + """
        > {"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"a:1","_meta":"*"}}
        < {"jsonrpc":"2.0","id":2,"result":{}}
        < {"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a:1"}}
        < {"jsonrpc":"2.0","method":"notifications/resources/list_changed"}
        < {"jsonrpc":"2.0","method":"notifications/vendor/thing"}
        > {"jsonrpc":"2.0","id":3,"method":"resources/unsubscribe","params":{"uri":"a:1","_meta":"*"}}
        < {"jsonrpc":"2.0","id":3,"result":{}}
        """)
    let session = try await conversation.connector(.pinned(.v20251125)).connect()
    session.followLists()
    try await session.subscribe(to: "a:1")
    try await session.unsubscribe(from: "a:1")
    #expect(
      news(conversation) == ["updated a:1", "changed resources", "changed templates"])
    #expect(conversation.findings == ["unknown notification notifications/vendor/thing"])
    conversation.finish()
  }
}

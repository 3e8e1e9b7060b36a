import EventLoop
import HTTPCore
import JSON
import MCPClient
import MCPEras
import MCPProtocol
import TestSupport
import Testing
import Transports

@LoopActor
@Suite(.inTurns) struct ListTests {
  private func legacy(
    _ script: String, lists: ListLimits = ListLimits()
  ) async throws -> (Session, Conversation) {
    let conversation = Conversation(.stdio, Opening.handshake() + script)
    var settings = SessionSettings.test
    settings.lists = lists
    return (
      try await conversation.connector(.pinned(.v20251125), settings: settings).connect(),
      conversation
    )
  }

  /// One page asked for by a cursor, and its answer.
  private func page(_ id: Int, _ cursor: String?, _ names: [String], next: String?) -> String {
    let asked = cursor.map { "\"cursor\":\"\($0)\"," } ?? ""
    let items = names.map { "{\"name\":\"\($0)\",\"inputSchema\":{}}" }.joined(separator: ",")
    let following = next.map { ",\"nextCursor\":\"\($0)\"" } ?? ""
    return """
      > {"jsonrpc":"2.0","id":\(id),"method":"tools/list","params":{\(asked)"_meta":{"progressToken":\(id)}}}
      < {"jsonrpc":"2.0","id":\(id),"result":{"tools":[\(items)]\(following)}}

      """
  }

  @Test func `all pages are fetched, empty ones and the empty cursor among them`() async throws {
    let (session, conversation) = try await legacy(
      page(2, nil, ["a"], next: "") + page(3, "", [], next: "x") + page(4, "x", ["b"], next: nil))
    let tools = try await session.listTools()
    #expect(tools.values.map(\.name) == ["a", "b"])
    #expect(tools.pages == 3)
    #expect(tools.cutShort == nil)
    conversation.finish()
  }

  @Test func `a cursor that comes again ends the list with a finding`() async throws {
    let (session, conversation) = try await legacy(
      page(2, nil, ["a"], next: "x") + page(3, "x", ["b"], next: "x"))
    let tools = try await session.listTools()
    #expect(tools.values.map(\.name) == ["a", "b"])
    #expect(
      conversation.findings == ["tools/list gave the cursor \"x\" twice; the list ends there"])
    conversation.finish()
  }

  @Test func `limits of pages and items end a list that never does`() async throws {
    let pages = page(2, nil, ["a"], next: "x") + page(3, "x", ["b"], next: "y")
    let (byPages, conversation) = try await legacy(pages, lists: ListLimits(pages: 2))
    #expect(try await byPages.listTools().cutShort == .pageLimit(method: "tools/list", 2))
    #expect(conversation.findings == ["tools/list has more than 2 pages; the rest is left out"])
    let (byItems, _) = try await legacy(pages, lists: ListLimits(items: 2))
    #expect(try await byItems.listTools().cutShort == .itemLimit(method: "tools/list", 2))
  }

  @Test func `pages that came are kept when a later one fails`() async throws {
    let (session, conversation) = try await legacy(
      page(2, nil, ["a"], next: "x") + """
        > {"jsonrpc":"2.0","id":3,"method":"tools/list","params":"*"}
        < {"jsonrpc":"2.0","id":3,"error":{"code":-32603,"message":"m"}}
        """)
    let tools = try await session.listTools()
    #expect(tools.values.map(\.name) == ["a"])
    #expect(tools.failure?.layer == .jsonrpc)
    conversation.finish()
  }

  @Test func `a bad item is kept raw and told with its place`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"resources/list","params":"*"}
      < {"jsonrpc":"2.0","id":2,"result":{"resources":[{"uri":"a:b","name":"x"},{"name":"lost"}],"nextCursor":null}}
      """)
    let resources = try await session.listResources()
    #expect(resources.values.map(\.uri) == ["a:b"])
    #expect(resources.items[1].raw == ["name": "lost"])
    #expect(conversation.findings == ["resources/list: /resources/1/uri is missing"])
    conversation.finish()
  }

  @Test func `over HTTP a tool with a bad header mark is shown as rejected`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      Opening.stateless() + """
        > {"jsonrpc":"2.0","id":1,"method":"tools/list","params":"*"}
        < {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","ttlMs":5000,"cacheScope":"public","tools":[{"name":"good","inputSchema":{"type":"object","properties":{"r":{"type":"string","x-mcp-header":"R"}}}},{"name":"bad","inputSchema":{"type":"object","properties":{"r":{"type":"object","x-mcp-header":"R"}}}}]}}
        > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
        < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","content":[]}}
        """)
    let session = try await conversation.connector(.pinned(.v20260728)).connect()
    let tools = try await session.listTools()
    #expect(tools.values.map { session.faults(of: $0).count } == [0, 1])
    #expect(tools.caching == CachingHints(ttl: 5000, scope: .isPublic))
    #expect(
      conversation.findings == [
        "tool \"bad\" cannot be called over HTTP: x-mcp-header \"R\" at property \"r\" marks a value of type object"
      ])
    _ = try await session.callTool(ToolCall(name: "good", arguments: ["r": "eu"]))
    #expect(conversation.peer.headers.last?["Mcp-Param-R"] == "eu")
    conversation.finish()
  }

  @Test func `refused headers make the client list the tools again and try once more`() async throws
  {
    let conversation = Conversation(
      .streamableHTTP,
      Opening.stateless() + """
        > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
        ! 400 {"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"Mcp-Param-R is missing"}}
        > {"jsonrpc":"2.0","id":2,"method":"tools/list","params":"*"}
        < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","ttlMs":0,"cacheScope":"public","tools":[{"name":"t","inputSchema":{"type":"object","properties":{"r":{"type":"string","x-mcp-header":"R"}}}}]}}
        > {"jsonrpc":"2.0","id":3,"method":"tools/call","params":"*"}
        < {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete","content":[]}}
        """)
    let session = try await conversation.connector(.pinned(.v20260728)).connect()
    _ = try await session.callTool(ToolCall(name: "t", arguments: ["r": "eu"]))
    #expect(conversation.peer.headers.map { $0["Mcp-Param-R"] } == [nil, nil, nil, "eu"])
    conversation.finish()
  }

  @Test func `more completions than allowed are told`() async throws {
    let values = (0..<101).map { "\"\($0)\"" }.joined(separator: ",")
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"completion/complete","params":"*"}
      < {"jsonrpc":"2.0","id":2,"result":{"completion":{"values":[\(values)]}}}
      """)
    let answer = try await session.complete(
      CompletionCall(reference: .prompt("p"), argument: "a", value: ""))
    #expect(answer.value?.completion.values.count == 101)
    #expect(conversation.findings == ["101 completions came, more than the allowed 100"])
  }
}

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
@Suite(.inTurns) struct SessionLossTests {
  private func open(_ script: String) async throws -> (Session, Conversation) {
    let conversation = Conversation(.streamableHTTP, Opening.session() + script)
    return (try await conversation.connector(.pinned(.v20251125)).connect(), conversation)
  }

  @Test func `a lost session is opened anew and a harmless call repeated`() async throws {
    func check(_ refusal: String, _ status: Int) async throws {
      let (session, conversation) = try await open(
        """
        > {"jsonrpc":"2.0","id":2,"method":"tools/list","params":"*"}
        ! \(refusal)

        """ + Opening.session(id: 3) + """
          > {"jsonrpc":"2.0","id":4,"method":"tools/list","params":"*"}
          < {"jsonrpc":"2.0","id":4,"result":{"tools":[]}}
          """)
      #expect(try await session.listTools().items == [])
      #expect(
        conversation.findings == [
          "the session was lost at tools/list (HTTP \(status)); a new one was opened"
        ])
      #expect(conversation.peer.purposes[3] == .opening)
      conversation.finish()
    }
    try await check("404", 404)
    try await check(
      "404 {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"x\"}}", 404)
    try await check("400 Bad Request: No valid session ID provided", 400)
    try await check(
      "500 {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32603,\"message\":\"Session terminated\"}}",
      500)
    try await check("409 unknown session", 409)
  }

  @Test func `a call with effects is not repeated`() async throws {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      ! 404

      """ + Opening.session(id: 3) + """
        > {"jsonrpc":"2.0","id":4,"method":"ping"}
        < {"jsonrpc":"2.0","id":4,"result":{}}
        """)
    let error = await failure { () throws(ClientError) in
      try await session.callTool(ToolCall(name: "t"))
    }
    #expect(error?.reason == .sessionLost)
    try await session.ping()
    conversation.finish()
  }

  @Test func `subscriptions and the log level are restored`() async throws {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"a:b","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{}}
      > {"jsonrpc":"2.0","id":3,"method":"logging/setLevel","params":{"level":"debug","_meta":"*"}}
      < {"jsonrpc":"2.0","id":3,"result":{}}
      > {"jsonrpc":"2.0","id":4,"method":"ping"}
      ! 404

      """ + Opening.session(id: 5) + """
        > {"jsonrpc":"2.0","id":6,"method":"resources/subscribe","params":{"uri":"a:b"}}
        < {"jsonrpc":"2.0","id":6,"result":{}}
        > {"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"debug"}}
        < {"jsonrpc":"2.0","id":7,"result":{}}
        > {"jsonrpc":"2.0","id":8,"method":"ping"}
        < {"jsonrpc":"2.0","id":8,"result":{}}
        """)
    try await session.subscribe(to: "a:b")
    try await session.setLogLevel(.debug)
    try await session.ping()
    conversation.finish()
  }

  @Test func `two calls that meet the loss open one new session`() async throws {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"ping"}
      > {"jsonrpc":"2.0","id":3,"method":"ping"}

      """ + Opening.session(id: 4) + """
        > {"jsonrpc":"2.0","id":5,"method":"ping"}
        < {"jsonrpc":"2.0","id":5,"result":{}}
        > {"jsonrpc":"2.0","id":6,"method":"ping"}
        < {"jsonrpc":"2.0","id":6,"result":{}}
        """)
    let pings = [Task { try await session.ping() }, Task { try await session.ping() }]
    await LoopActor.loop.settle()
    let gone = HTTPRefusal(status: 404, headers: HTTPFields(), body: [], json: nil)
    conversation.peer.tell(.ended(ExchangeID(3), .refused(gone)))
    conversation.peer.tell(.ended(ExchangeID(4), .refused(gone)))
    for ping in pings { try await ping.value }
    #expect(conversation.findings.count == 1)
    conversation.finish()
  }

  @Test func `the same refusals mean no loss where there was no session`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      Opening.session().replacing("! session\n", with: "") + """
        > {"jsonrpc":"2.0","id":2,"method":"ping"}
        ! 404
        """)
    let session = try await conversation.connector(.pinned(.v20251125)).connect()
    let error = await failure { () throws(ClientError) in try await session.ping() }
    #expect(error?.description == "ping: the server answered HTTP 404 (Not Found)")
    conversation.finish()
  }

  @Test func `a session that cannot be opened again ends in the reason`() async throws {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"ping"}
      ! 404
      > {"jsonrpc":"2.0","id":3,"method":"initialize","params":"*"}
      ! 503
      """)
    let error = await failure { () throws(ClientError) in try await session.ping() }
    #expect(error?.description == "initialize: the server answered HTTP 503 (Service Unavailable)")
    conversation.finish()
  }
}

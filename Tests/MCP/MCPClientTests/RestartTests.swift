import EventLoop
import JSON
import MCPClient
import MCPEras
import MCPProtocol
import TestSupport
import Testing
import Transports

/// A server whose process goes away by itself.
@LoopActor
@Suite(.inTurns) struct RestartTests {
  private static let crash = """
    > {"jsonrpc":"2.0","id":2,"method":"tools/list","params":"*"}
    ! exit
    """
  private static let list = """
    > {"jsonrpc":"2.0","id":2,"method":"tools/list","params":"*"}
    < {"jsonrpc":"2.0","id":2,"result":{"tools":[]}}
    """

  private func open(_ scripts: String...) async throws -> (Session, Conversation) {
    let conversation = Conversation(
      .stdio, scripts: scripts.map { Opening.handshake() + $0 })
    return (try await conversation.connector(.pinned(.v20251125)).connect(), conversation)
  }

  @Test func `a harmless call is repeated in another process, and that is told`() async throws {
    let (session, conversation) = try await open(Self.crash, Self.list)
    #expect(try await session.listTools().items == [])
    #expect(
      conversation.findings == [
        "the server process exited with status 1; its last words: boom; it is started again for tools/list"
      ])
    #expect(session.state == .ready)
    conversation.finish()
  }

  @Test func `a call with effects is not repeated, and the next one finds a new process`()
    async throws
  {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      ! exit
      """, Self.list)
    let error = await failure { () throws(ClientError) in
      try await session.callTool(ToolCall(name: "t"))
    }
    #expect(
      error?.description.hasSuffix(
        "boom; whether the call was carried out is unknown, and it was not repeated") == true)
    #expect(conversation.transports.count == 1)
    #expect(try await session.listTools().items == [])
    conversation.finish()
  }

  @Test func `a process that goes away each time is started again once a call`() async throws {
    let (session, conversation) = try await open(Self.crash, Self.crash)
    let error = await failure { () throws(ClientError) in try await session.listTools() }
    #expect(error?.description.contains("exited with status 1") == true)
    #expect(conversation.transports.count == 2)
    conversation.finish()
  }

  @Test func `what the server had been told is told to the new process`() async throws {
    let (session, conversation) = try await open(
      """
      > {"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"a:b","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{}}
      > {"jsonrpc":"2.0","id":3,"method":"ping"}
      ! exit
      """,
      """
      > {"jsonrpc":"2.0","id":2,"method":"resources/subscribe","params":{"uri":"a:b"}}
      < {"jsonrpc":"2.0","id":2,"result":{}}
      > {"jsonrpc":"2.0","id":3,"method":"ping"}
      < {"jsonrpc":"2.0","id":3,"result":{}}
      """)
    try await session.subscribe(to: "a:b")
    try await session.ping()
    conversation.finish()
  }

  @Test func `a session that we have closed stays closed`() async throws {
    let (session, conversation) = try await open("")
    await session.close()
    let error = await failure { () throws(ClientError) in try await session.ping() }
    #expect(error?.layer == .tcp || error?.layer == .cancelled)
    #expect(conversation.transports.count == 1)
    conversation.finish()
  }
}

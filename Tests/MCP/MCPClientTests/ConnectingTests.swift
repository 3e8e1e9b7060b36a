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
@Suite(.inTurns) struct ConnectingTests {
  @Test func `a modern process keeps the probe's process`() async throws {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}
      < {"jsonrpc":"2.0","id":"probe-1","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"private"}}
      > {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},"io.modelcontextprotocol/clientCapabilities":{},"progressToken":1}}}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","tools":[],"ttlMs":0,"cacheScope":"private"}}
      """)
    let session = try await conversation.connector().connect()
    #expect(session.verdict.era == .stateless)
    #expect(session.card.capabilities.tools)
    #expect(try await session.listTools().items == [])
    #expect(conversation.lanes == ["1 current"])
    #expect(conversation.findings == [])
    conversation.finish()
  }

  @Test func `an old process that dies of the probe is started afresh`() async throws {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! exit
      """, Opening.handshake())
    let session = try await conversation.connector().connect()
    #expect(session.verdict.version == .v20251125)
    #expect(session.evidence.count == 2)
    #expect(conversation.lanes == ["1 current", "2 freshProcess"])
    conversation.finish()
  }

  @Test func `a silent process is asked the old way, after the probe's limit`() async throws {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      """, Opening.handshake())
    let connecting = Task { try await conversation.connector().connect() }
    await conversation.clock.advance(by: .seconds(11))
    let session = try await connecting.value
    #expect(session.verdict.era == .handshake)
    #expect(
      session.evidence.map(\.description).first
        == "server/discover 2026-07-28: no answer within 10 s → initialize as 2025-11-25")
  }

  @Test func `a process that has read the probe and rests is not waited for`() async throws {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      """, Opening.handshake())
    conversation.attention = .atRest
    let connecting = Task { try await conversation.connector().connect() }
    await conversation.clock.advance(by: .milliseconds(900))
    let session = try await connecting.value
    #expect(session.verdict.era == .handshake)
    #expect(
      session.evidence.map(\.description).first
        == "server/discover 2026-07-28: read, and no answer or move for 700 ms "
        + "→ initialize as 2025-11-25")
    #expect(conversation.lanes == ["1 current", "2 freshProcess"])
  }

  @Test func `a process that is at work or still starting is waited for`() async throws {
    for attention in [PeerAttention.atWork, .unread] {
      let conversation = Conversation(
        .stdio,
        """
        > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
        """)
      conversation.attention = attention
      let connecting = Task { try await conversation.connector().connect() }
      await conversation.clock.advance(by: .seconds(20))
      conversation.peer.deliver(
        #"{"jsonrpc":"2.0","id":"probe-1","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{},"ttlMs":0,"cacheScope":"private"}}"#
      )
      #expect(try await connecting.value.verdict.era == .stateless)
    }
  }

  @Test func `a process that never reads is out of time`() async {
    let conversation = Conversation(
      .stdio,
      "> {\"jsonrpc\":\"2.0\",\"id\":\"probe-1\",\"method\":\"server/discover\",\"params\":\"*\"}")
    conversation.attention = .unread
    let connector = conversation.connector()
    let connecting = Task {
      await failure { () throws(ClientError) in try await connector.connect() }
    }
    await conversation.clock.advance(by: .seconds(61))
    let error = await connecting.value
    #expect(error?.layer == .timeout)
    #expect(conversation.lanes == ["1 current"])
  }

  @Test func `over HTTP an unknown method leads to initialize on the same endpoint`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! 400 {"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Missing session ID"}}

      """ + Opening.session())
    let session = try await conversation.connector().connect()
    #expect(session.verdict.version == .v20251125)
    #expect(conversation.lanes == ["1 current"])
    let peer = conversation.peer
    #expect(peer.purposes == [.request, .opening, .oneWay])
    #expect(peer.headers[0]["Mcp-Method"] == "server/discover")
    #expect(peer.headers[0]["MCP-Protocol-Version"] == "2026-07-28")
    #expect(peer.headers[1].isEmpty)
    #expect(peer.profiles.map(\.opensPushStream) == [false, true])
    #expect(
      peer.profiles.map { $0.headers["mcp-protocol-version"] } == ["2025-11-25", "2025-11-25"])
    #expect(peer.profiles[0].keepsSession && peer.profiles[0].resumesStreams)
    conversation.finish()
  }

  @Test func `a refused version is corrected once`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! 400 {"jsonrpc":"2.0","id":"probe-1","error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"],"requested":"x"}}}
      > {"jsonrpc":"2.0","id":"probe-2","method":"server/discover","params":"*"}
      < {"jsonrpc":"2.0","id":"probe-2","result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{},"ttlMs":0,"cacheScope":"private"}}
      ! complete
      """)
    let session = try await conversation.connector().connect()
    #expect(session.verdict.version == .v20260728)
    #expect(conversation.peer.profiles.allSatisfy { $0 == .stateless })
    conversation.finish()
  }

  @Test func `a server that may ask has its stream before the first call, or two seconds`()
    async throws
  {
    func check(
      _ features: ClientFeatures, waits: Bool, _ settle: @LoopActor (Conversation) async -> Void
    ) async throws {
      let conversation = Conversation(
        .streamableHTTP,
        Opening.session().replacing(
          "\"capabilities\":{},\"clientInfo\"", with: "\"capabilities\":\"*\",\"clientInfo\""))
      conversation.holdsPushStream = true
      let opened = Latch()
      let connecting = Task {
        let session = try await conversation.connector(
          .pinned(.v20251125), settings: .test(features)
        ).connect()
        opened.set()
        return session
      }
      await LoopActor.loop.settle()
      #expect(opened.isSet != waits)
      await settle(conversation)
      _ = try await connecting.value
    }
    let asked = ClientFeatures(elicitationForm: true)
    try await check(ClientFeatures(), waits: false) { _ in }
    try await check(asked, waits: true) { $0.peer.tell(.session(.pushStream(.open))) }
    try await check(asked, waits: true) {
      $0.peer.tell(.session(.pushStream(.refused(status: 405))))
    }
    try await check(asked, waits: true) { await $0.clock.advance(by: .seconds(3)) }
  }

  @Test func `behind one URL the oldest revision keeps its session too`() async throws {
    let conversation = Conversation(.streamableHTTP, Opening.session("2024-11-05"))
    let session = try await conversation.connector(.pinned(.v20241105)).connect()
    #expect(session.verdict.version == .v20241105)
    #expect(conversation.peer.profiles.map(\.keepsSession) == [true, true])
    #expect(conversation.peer.profiles.map(\.leavesSession) == [true, true])
    #expect(conversation.peer.profiles.map(\.opensPushStream) == [false, true])
    #expect(conversation.peer.profiles[0].headers["MCP-Protocol-Version"] == nil)
  }

  @Test func `an endpoint that refuses both ways is tried as HTTP+SSE`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! 405
      > {"jsonrpc":"2.0","id":1,"method":"initialize","params":"*"}
      ! 405
      """,
      """
      > {"jsonrpc":"2.0","id":1,"method":"initialize","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
      > {"jsonrpc":"2.0","method":"notifications/initialized"}
      ! accepted
      """)
    let session = try await conversation.connector().connect()
    #expect(session.kind == .legacySSE)
    #expect(session.verdict.version == .v20241105)
    conversation.finish()
  }

  @Test func `401 asks for credentials and proves nothing`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! 401
      """ + "\n" + Opening.stateless().replacing("probe-1", with: "probe-2"))
    let session = try await conversation.connector(authorize: { (_) throws(ClientError) in })
      .connect()
    #expect(session.verdict.era == .stateless)
    conversation.finish()
  }

  @Test func `without a way to sign in 401 is an error of the auth layer with the evidence`() async
  {
    let conversation = Conversation(
      .streamableHTTP,
      """
      > {"jsonrpc":"2.0","id":"probe-1","method":"server/discover","params":"*"}
      ! 401
      """)
    let connector = conversation.connector()
    let error = await failure { () throws(ClientError) in try await connector.connect() }
    #expect(error?.layer == .auth)
    #expect(error?.description == "the server asks to sign in (HTTP 401)")
    #expect(error?.context.evidence.count == 1)
  }

  @Test func `a pinned revision opens its own way and nothing else`() async throws {
    let conversation = Conversation(.stdio, Opening.handshake("2025-03-26"))
    let session = try await conversation.connector(.pinned(.v20250326)).connect()
    #expect(session.features.has(.batches))
    conversation.finish()
  }

  @Test func `a version that was never offered is refused`() async {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":1,"method":"initialize","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"1999-01-01","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
      """)
    let connector = conversation.connector(.preferring(.v20251125))
    let error = await failure { () throws(ClientError) in try await connector.connect() }
    #expect(error?.layer == .protocol)
  }

  @Test func `list_changed and requests right after the opening do no harm`() async throws {
    let conversation = Conversation(
      .stdio,
      Opening.handshake() + """
        < {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
        < {"jsonrpc":"2.0","id":0,"method":"ping"}
        > {"jsonrpc":"2.0","id":0,"result":{}}
        < {"jsonrpc":"2.0","id":1,"method":"roots/list"}
        > {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}
        """)
    let session = try await conversation.connector(.pinned(.v20251125)).connect()
    await LoopActor.loop.settle()
    #expect(session.state == .ready)
    #expect(
      conversation.findings == ["the server sent roots/list, which this client did not declare"])
    conversation.finish()
  }

  @Test func `the death of the only process tells its last words`() async {
    let conversation = Conversation(
      .stdio,
      """
      > {"jsonrpc":"2.0","id":1,"method":"initialize","params":"*"}
      ! exit
      """)
    let connector = conversation.connector(.pinned(.v20251125))
    let error = await failure { () throws(ClientError) in try await connector.connect() }
    #expect(error?.layer == .spawn)
  }
}

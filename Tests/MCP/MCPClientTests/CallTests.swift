import EventLoop
import JSON
import JSONRPC
import MCPClient
import MCPEras
import MCPProtocol
import Processes
import TestSupport
import Testing
import Transports

@LoopActor
@Suite(.inTurns) struct CallTests {
  private func legacy(
    _ script: String, kind: TransportKind = .stdio, settings: SessionSettings = .test
  ) async throws -> (Session, Conversation) {
    let opening = kind == .stdio ? Opening.handshake() : Opening.session()
    let conversation = Conversation(kind, opening + script)
    let session = try await conversation.connector(.pinned(.v20251125), settings: settings)
      .connect()
    return (session, conversation)
  }

  private func modern(
    _ script: String, kind: TransportKind = .streamableHTTP
  ) async throws -> (Session, Conversation) {
    let conversation = Conversation(kind, Opening.stateless() + script)
    return (try await conversation.connector(.pinned(.v20260728)).connect(), conversation)
  }

  @Test func `a call's progress comes before its result`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t","arguments":{"a":1},"_meta":{"progressToken":2}}}
      < {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":2,"progress":1,"total":2}}
      < {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":2,"progress":0.5}}
      < {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":99,"progress":1}}
      < {"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"ok"}]}}
      < {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":2,"progress":2}}
      """)
    var heard: [Double] = []
    let answer = try await session.callTool(
      ToolCall(name: "t", arguments: ["a": 1]),
      CallOptions(onProgress: { heard.append($0.progress) }))
    await LoopActor.loop.settle()
    #expect(answer.value?.content.first?.value?.kind == .text("ok"))
    #expect(heard == [1, 0.5])
    #expect(
      conversation.findings == [
        "the progress of tools/call went from 1.0 to 0.5",
        "progress was told for no running call", "progress was told for no running call",
      ])
    conversation.finish()
  }

  @Test func `answers under odd ids find their call where only one can be meant`() async throws {
    func check(_ reply: String, _ finding: [String], kind: TransportKind = .stdio) async throws {
      let (session, conversation) = try await legacy(
        "> {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n" + reply, kind: kind)
      let error = await failure { () throws(ClientError) in try await session.ping() }
      #expect(error == nil || error?.layer == .jsonrpc)
      #expect(conversation.findings == finding)
    }
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}",
      ["call 2 was answered under the id \"2\""])
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":2.0,\"result\":{}}",
      ["call 2 was answered under the id 2.0"])
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"m\"}}",
      ["call 2 was answered under the id null"])
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"result\":{}}\n! complete",
      ["call 2 was answered under the id \"server-error\""], kind: .streamableHTTP)
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n< {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}",
      ["an answer came to 77, which was not asked"])
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n< {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}",
      ["an answer came to 77, which was not asked"], kind: .streamableHTTP)
    try await check(
      "< {\"id\":2,\"result\":{}}",
      ["a message is malformed: the member \"jsonrpc\" is missing: “{\"id\":2,\"result\":{}}”"])
    try await check(
      "< [{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]",
      ["1 message came as a batch, which this revision does not have"])
  }

  @Test func `an answer that cannot be read ends its call, other noise does not`() async throws {
    let ping = "> {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n"
    for (garbled, ends, kind) in [
      (#"{"jsonrpc":"2.0","id":2,"result":{"a":"#, true, .stdio),
      (#"{"jsonrpc":"2.0","result":{"a":x},"id":2}"#, true, .stdio),
      (#"{"result":{"a":"b,"jsonrpc":"2.0"#, true, .stdio),
      (#"{"jsonrpc":"2.0","id":2,"error":{"a":"#, false, .streamableHTTP),
      (#"{"jsonrpc":"2.0","id":9,"result":{"a":"#, false, .stdio),
      (#"{"jsonrpc":"2.0","method":"notifications/x","params":{"result":"#, false, .stdio),
      (#"{"level":"info","id":2,"#, false, .stdio),
    ] as [(String, Bool, TransportKind)] {
      let rest = ends ? "" : "\n< {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}"
      let (session, conversation) = try await legacy(
        ping + "! garbled \(garbled)" + rest, kind: kind)
      let error = await failure { () throws(ClientError) in try await session.ping() }
      #expect((error?.code == "unusable-answer") == ends, "\(garbled) \(error?.description ?? "")")
      #expect(
        !ends
          || error?.description.hasPrefix("ping: the answer cannot be read, broken JSON") == true)
      #expect(conversation.findings.count == 1, "\(conversation.findings)")
    }
  }

  @Test func `late and double answers are told and do no harm`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"ping"}
      < {"jsonrpc":"2.0","id":2,"result":{}}
      < {"jsonrpc":"2.0","id":2,"result":{}}
      > {"jsonrpc":"2.0","id":3,"method":"ping"}
      > {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3,"reason":"cancelled by the user"}}
      < {"jsonrpc":"2.0","id":3,"result":{}}
      """)
    try await session.ping()
    let call = Task { await failure { () throws(ClientError) in try await session.ping() } }
    await LoopActor.loop.settle()
    call.cancel()
    let error = await call.value
    await LoopActor.loop.settle()
    #expect(error?.reason == .cancelled && error?.layer == .cancelled)
    #expect(
      conversation.findings == [
        "call 2 was answered twice", "the answer to call 3 came after it was given up",
      ])
    conversation.finish()
  }

  @Test func `a stateless call over HTTP is cancelled by closing its stream`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      > forget
      """)
    let call = Task {
      await failure { () throws(ClientError) in try await session.callTool(ToolCall(name: "t")) }
    }
    await LoopActor.loop.settle()
    call.cancel()
    #expect(await call.value?.reason == .cancelled)
    conversation.finish()
  }

  @Test func `a stateless call over a pipe is cancelled by a message`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      > {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"timed out"}}
      """, kind: .stdio)
    let call = Task {
      await failure { () throws(ClientError) in
        try await session.callTool(
          ToolCall(name: "t"), CallOptions(limits: TimeLimits(idle: nil, total: .seconds(1))))
      }
    }
    await conversation.clock.advance(by: .seconds(2))
    let error = await call.value
    #expect(error?.reason == .timedOut(.total(.seconds(1))) && error?.layer == .timeout)
    #expect(error?.description == "tools/call: no answer within 1 s")
    conversation.finish()
  }

  @Test func `progress extends the idle limit but not the total`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      > {"jsonrpc":"2.0","method":"notifications/cancelled","params":"*"}
      """)
    let limits = TimeLimits(idle: .seconds(10), total: .seconds(30))
    let call = Task {
      await failure { () throws(ClientError) in
        try await session.callTool(ToolCall(name: "t"), CallOptions(limits: limits))
      }
    }
    for step in 1...3 {
      await conversation.clock.advance(by: .seconds(8))
      conversation.peer.deliver(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":2,\"progress\":\(step)}}"
      )
    }
    await conversation.clock.advance(by: .seconds(7))
    #expect(await call.value?.reason == .timedOut(.total(.seconds(30))))
  }

  @Test func `silence ends a call by the idle limit`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"ping"}
      > {"jsonrpc":"2.0","method":"notifications/cancelled","params":"*"}
      """)
    let call = Task { await failure { () throws(ClientError) in try await session.ping() } }
    await conversation.clock.advance(by: .seconds(61))
    #expect(await call.value?.reason == .timedOut(.idle(.seconds(60))))
  }

  @Test func `the death of the server ends every call with a transport error`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      > {"jsonrpc":"2.0","id":3,"method":"tools/call","params":"*"}
      ! exit
      """)
    func call() -> Task<ClientError?, Never> {
      Task {
        await failure { () throws(ClientError) in try await session.callTool(ToolCall(name: "t")) }
      }
    }
    let first = call()
    await LoopActor.loop.settle()
    let second = call()
    let errors = await [first.value, second.value]
    for error in errors {
      #expect(error?.reason == .ended(.process(.exited(1), lastLines: ["boom"])))
    }
    #expect(session.state == .closed(.process(.exited(1), lastLines: ["boom"])))
    conversation.finish()
  }

  @Test func `errors keep the words of the peer apart from our own`() async throws {
    func check(
      _ reply: String, _ layer: ErrorLayer, _ sentence: String,
      kind: TransportKind = .streamableHTTP
    ) async throws {
      let (session, _) = try await legacy(
        "> {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":\"*\"}\n" + reply,
        kind: kind)
      let error = await failure { () throws(ClientError) in try await session.listTools() }
      #expect(error?.layer == layer)
      #expect(error?.description == "tools/list: " + sentence)
    }
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"nope\"}}", .jsonrpc,
      "the server answered error -32601: nope")
    try await check(
      "! 400 {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,\"message\":\"bad\"}}",
      .jsonrpc, "the server answered error -32602, HTTP 400: bad")
    try await check(
      "! 503 busy", .http, "the server answered HTTP 503 (Service Unavailable): busy")
    try await check("! 401", .auth, "the server answered HTTP 401 (Unauthorized)")
    try await check(
      "! unanswered", .http,
      "the connection ended before the answer; whether it was done is unknown")
    try await check(
      "! complete", .http,
      "the connection ended before the answer; whether it was done is unknown")
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":2}", .protocol, "the answer is unusable: /result is missing",
      kind: .stdio)
    try await check(
      "< {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":\"E1\",\"message\":\"odd\"}}", .jsonrpc,
      "the server answered an error without code: odd")
  }

  @Test func `a request only taken note of is answered on another stream`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"ping"}
      ! accepted
      << {"jsonrpc":"2.0","id":2,"result":{}}
      """, kind: .streamableHTTP)
    try await session.ping()
    #expect(conversation.findings == ["ping was only taken note of (HTTP 202)"])
    conversation.finish()
  }

  @Test func `what a revision lacks is refused before it is sent`() async throws {
    let (session, conversation) = try await legacy("")
    let error = await failure { () throws(ClientError) in
      try await session.call(.updateTask(id: "t", answers: [:]))
    }
    #expect(error?.description == "tasks/update: this method does not exist in revision 2025-11-25")
    conversation.finish()
  }

  @Test func `a raw call sends any method`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"vendor/x","params":{"a":1}}
      < {"jsonrpc":"2.0","id":2,"result":{"odd":[1,2]}}
      """)
    let answer = try await session.call(.raw(method: "vendor/x", params: ["a": 1]))
    #expect(answer.result == ["odd": [1, 2]])
    conversation.finish()
  }

  @Test func `in the stateless era a sign of life is the server's card`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"server/discover","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{},"ttlMs":0,"cacheScope":"private"}}
      """)
    try await session.ping()
    conversation.finish()
  }

  @Test func `a stateless server that sends a request is told of, not answered`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":9,"method":"roots/list"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","content":[]}}
      """)
    _ = try await session.callTool(ToolCall(name: "t"))
    #expect(
      conversation.findings == [
        "the server sent the request roots/list, which this revision does not allow"
      ])
    conversation.finish()
  }

  @Test func `a call refused for want of credentials is made again with them`() async throws {
    let conversation = Conversation(
      .streamableHTTP,
      Opening.stateless() + """
        > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
        ! 401
        > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
        ! 401
        > {"jsonrpc":"2.0","id":3,"method":"tools/call","params":"*"}
        ! 401
        > {"jsonrpc":"2.0","id":4,"method":"tools/call","params":"*"}
        ! 401
        """)
    let signIns = Counter()
    let session = try await conversation.connector(
      .pinned(.v20260728), authorize: { (_) throws(ClientError) in signIns.count += 1 }
    ).connect()
    let error = await failure { () throws(ClientError) in
      try await session.callTool(ToolCall(name: "t"))
    }
    #expect(error?.layer == .auth)
    #expect(signIns.count == 3)
    conversation.finish()
  }

  @Test func `an error that asks to open a page is input that is required`() async throws {
    let (session, _) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":2,"error":{"code":-32042,"message":"open","data":{"elicitations":[{"mode":"url","message":"m","url":"https://x.example","elicitationId":"e"}]}}}
      """)
    let error = await failure { () throws(ClientError) in
      try await session.callTool(ToolCall(name: "t"))
    }
    #expect(error?.layer == .inputRequired)
  }
}

@LoopActor
private final class Counter {
  var count = 0
}

import EventLoop
import HTTPCore
import JSON
import JSONRPC
import MCPClient
import MCPEras
import MCPProtocol
import TestSupport
import Testing
import Transports

@LoopActor
@Suite(.inTurns) struct TaskTests {
  private func core(_ script: String) async throws -> (Session, Conversation) {
    let conversation = Conversation(
      .stdio, Opening.handshake(client: "{\"elicitation\":{\"form\":{}}}") + script)
    let settings = SessionSettings.test(ClientFeatures(elicitationForm: true))
    return (
      try await conversation.connector(.pinned(.v20251125), settings: settings).connect(),
      conversation
    )
  }

  private func flat(_ script: String) async throws -> (Session, Conversation) {
    let conversation = Conversation(.streamableHTTP, Opening.stateless() + script)
    let settings = SessionSettings.test(ClientFeatures(elicitationForm: true, tasks: true))
    return (
      try await conversation.connector(.pinned(.v20260728), settings: settings).connect(),
      conversation
    )
  }

  private func run(
    _ session: Session, _ tool: ToolCall, _ options: CallOptions = CallOptions()
  ) -> Task<Result<TypedAnswer<ToolResult>, ClientError>, Never> {
    Task {
      do throws(ClientError) {
        return .success(try await session.callTool(tool, options))
      } catch {
        return .failure(error)
      }
    }
  }

  private let times = "\"createdAt\":\"a\",\"lastUpdatedAt\":\"b\""

  @Test func `a task the client asked for is polled and its result fetched`() async throws {
    let (session, conversation) = try await core(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t","task":{"ttl":60000},"_meta":{"progressToken":2}}}
      < {"jsonrpc":"2.0","id":2,"result":{"task":{"taskId":"k","status":"working",\(times),"ttl":60000,"pollInterval":2000}}}
      > {"jsonrpc":"2.0","id":3,"method":"tasks/get","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":3,"result":{"taskId":"k","status":"completed",\(times),"ttl":60000,"pollInterval":2000}}
      > {"jsonrpc":"2.0","id":4,"method":"tasks/result","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":4,"result":{"content":[{"type":"text","text":"done"}]}}
      """)
    var heard: [Double] = []
    let call = run(
      session, ToolCall(name: "t", task: TaskWish(ttl: 60000)),
      CallOptions(onProgress: { heard.append($0.progress) }))
    await conversation.clock.advance(by: .seconds(1))
    conversation.peer.deliver(
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":2,\"progress\":7}}"
    )
    let answer = try await conversation.end(of: call).get()
    #expect(answer.value?.content.first?.value?.kind == .text("done"))
    #expect(answer.answer.task?.id == "k")
    // The token of the call lives as long as its task.
    #expect(heard == [7])
    #expect(conversation.findings == [])
    conversation.finish()
  }

  @Test func `a task that needs input gets it while its result is awaited`() async throws {
    let (session, conversation) = try await core(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":2,"result":{"task":{"taskId":"k","status":"input_required",\(times),"ttl":null}}}
      > {"jsonrpc":"2.0","id":3,"method":"tasks/result","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":9,"method":"elicitation/create","params":{"message":"Go?","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"k"}}}}
      > {"jsonrpc":"2.0","id":9,"result":{"action":"accept","content":{}}}
      < {"jsonrpc":"2.0","id":3,"result":{"content":[]}}
      """)
    let call = run(session, ToolCall(name: "t", task: TaskWish()))
    await LoopActor.loop.settle()
    session.answer(1, .elicitation(.accept([:])))
    _ = try await call.value.get()
    conversation.finish()
  }

  @Test func `a task the server decided on brings its result inline`() async throws {
    let (session, conversation) = try await flat(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":"*","io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{}},"extensions":{"io.modelcontextprotocol/tasks":{}}},"progressToken":1}}}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"k","status":"working",\(times),"ttlMs":null}}
      > {"jsonrpc":"2.0","id":2,"method":"tasks/get","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","taskId":"k","status":"input_required",\(times),"ttlMs":null,"inputRequests":{"a":{"method":"elicitation/create","params":{"message":"A?"}}}}}
      > {"jsonrpc":"2.0","id":3,"method":"tasks/update","params":{"taskId":"k","inputResponses":{"a":{"action":"decline"}},"_meta":"*"}}
      < {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete"}}
      > {"jsonrpc":"2.0","id":4,"method":"tasks/get","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":4,"result":{"resultType":"task","taskId":"k","status":"input_required",\(times),"ttlMs":null,"inputRequests":{"a":{"method":"elicitation/create","params":{"message":"A?"}}}}}
      > {"jsonrpc":"2.0","id":5,"method":"tasks/get","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":5,"result":{"resultType":"complete","taskId":"k","status":"completed",\(times),"ttlMs":null,"result":{"content":[],"isError":true}}}
      """)
    let call = run(session, ToolCall(name: "t"))
    while session.waitingInputs.isEmpty { await conversation.clock.advance(by: .seconds(1)) }
    #expect(session.waitingInputs.map(\.origin) == [.task(id: "k")])
    session.answer(1, .elicitation(.decline))
    #expect(try await conversation.end(of: call).get().value?.isError == true)
    #expect(conversation.peer.headers[2]["Mcp-Name"] == "k")
    conversation.finish()
  }

  @Test func `a failed task ends the call with the server's error`() async throws {
    func check(_ state: String, _ sentence: String) async throws {
      let (session, conversation) = try await flat(
        """
        > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
        < {"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"k",\(times),"ttlMs":null,\(state)}}
        """)
      guard case .failure(let error) = await run(session, ToolCall(name: "t")).value else {
        return #expect(Bool(false))
      }
      #expect(error.description == sentence)
      conversation.finish()
    }
    try await check(
      "\"status\":\"failed\",\"error\":{\"code\":-32603,\"message\":\"broke\"}",
      "tools/call: the server answered error -32603: broke")
    try await check(
      "\"status\":\"failed\",\"statusMessage\":\"no disk\"", "tools/call: the task failed: no disk")
    try await check("\"status\":\"cancelled\"", "tools/call: the task was cancelled")
    try await check(
      "\"status\":\"completed\"", "tools/call: the answer is unusable: /result is missing")
  }

  @Test func `a task can be handed over and followed later`() async throws {
    let (session, conversation) = try await flat(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"k","status":"working",\(times),"ttlMs":5}}
      > {"jsonrpc":"2.0","id":2,"method":"tasks/cancel","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete"}}
      > {"jsonrpc":"2.0","id":3,"method":"tasks/get","params":"*"}
      < {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete","taskId":"k","status":"completed",\(times),"ttlMs":5,"result":{"content":[]}}}
      """)
    let answer = try await session.call(
      .callTool(ToolCall(name: "t")), CallOptions(tasks: .handOver))
    #expect(answer.task?.id == "k")
    #expect(try await session.cancelTask("k") == nil)
    #expect(try await session.follow(task: "k") == ["content": []])
    conversation.finish()
  }

  @Test func `giving up a task asks the server to stop it`() async throws {
    let (session, conversation) = try await flat(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"k","status":"working",\(times),"ttlMs":null}}
      > {"jsonrpc":"2.0","id":2,"method":"tasks/cancel","params":{"taskId":"k","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete"}}
      """)
    let call = run(session, ToolCall(name: "t"))
    await LoopActor.loop.settle()
    call.cancel()
    guard case .failure(let error) = await call.value else { return #expect(Bool(false)) }
    await LoopActor.loop.settle()
    #expect(error.reason == .cancelled)
    conversation.finish()
  }
}

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
@Suite(.inTurns) struct InputTests {
  private let everything = ClientFeatures(roots: true, sampling: true, elicitationForm: true)

  private func legacy(_ script: String) async throws -> (Session, Conversation) {
    let conversation = Conversation(
      .stdio,
      Opening.handshake(
        client: "{\"roots\":{\"listChanged\":true},\"sampling\":{},\"elicitation\":{\"form\":{}}}")
        + script)
    let settings = SessionSettings.test(everything, roots: [Root(uri: "file:///a", name: "A")])
    return (
      try await conversation.connector(.pinned(.v20251125), settings: settings).connect(),
      conversation
    )
  }

  private func modern(
    _ script: String, _ features: ClientFeatures? = nil
  ) async throws -> (Session, Conversation) {
    let conversation = Conversation(.streamableHTTP, Opening.stateless() + script)
    let settings = SessionSettings.test(features ?? everything, roots: [Root(uri: "file:///a")])
    return (
      try await conversation.connector(.pinned(.v20260728), settings: settings).connect(),
      conversation
    )
  }

  private func call(_ session: Session) -> Task<Result<TypedAnswer<ToolResult>, ClientError>, Never>
  {
    Task {
      do throws(ClientError) {
        return .success(try await session.callTool(ToolCall(name: "t")))
      } catch {
        return .failure(error)
      }
    }
  }

  @Test func `a request in mid-call is put to the user and answered under its id`() async throws {
    let (session, conversation) = try await legacy(
      """
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":"e","method":"elicitation/create","params":{"message":"Name?","requestedSchema":{"type":"object"}}}
      > {"jsonrpc":"2.0","id":"e","result":{"action":"accept","content":{"name":"x"}}}
      < {"jsonrpc":"2.0","id":2,"result":{"content":[]}}
      """)
    let call = call(session)
    await LoopActor.loop.settle()
    let item = try #require(session.waitingInputs.first)
    #expect(item.origin == .server("e"))
    // However long the user thinks, the call does not run out of time.
    await conversation.clock.advance(by: .seconds(4000))
    #expect(session.answer(item.id, .elicitation(.accept(["name": "x"]))))
    #expect(!session.answer(item.id, .elicitation(.cancel)))
    let answer = try await call.value.get()
    #expect(answer.value?.content == [])
    conversation.finish()
  }

  @Test func `roots are answered without the user`() async throws {
    let (session, conversation) = try await legacy(
      """
      < {"jsonrpc":"2.0","id":0,"method":"roots/list"}
      > {"jsonrpc":"2.0","id":0,"result":{"roots":[{"uri":"file:///a","name":"A"}]}}
      """)
    await LoopActor.loop.settle()
    #expect(session.waitingInputs == [])
    conversation.finish()
  }

  @Test func `a refusal goes back as the error it is`() async throws {
    let (session, conversation) = try await legacy(
      """
      < {"jsonrpc":"2.0","id":0,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}
      > {"jsonrpc":"2.0","id":0,"error":{"code":-1,"message":"User rejected sampling request"}}
      """)
    await LoopActor.loop.settle()
    session.answer(1, .refused(code: -1, message: "User rejected sampling request"))
    conversation.finish()
  }

  @Test func `a request the server gives up is withdrawn and not answered`() async throws {
    let (session, conversation) = try await legacy(
      """
      < {"jsonrpc":"2.0","id":5,"method":"elicitation/create","params":{"message":"m"}}
      < {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}
      """)
    await LoopActor.loop.settle()
    #expect(session.waitingInputs == [])
    #expect(!session.answer(1, .elicitation(.decline)))
    conversation.finish()
  }

  @Test func `what was not declared is refused with the proper code`() async throws {
    func check(_ request: String, _ code: Int, _ message: String) async throws {
      let (session, conversation) = try await legacy(
        """
        < {"jsonrpc":"2.0","id":0,\(request)}
        > {"jsonrpc":"2.0","id":0,"error":{"code":\(code),"message":"\(message)"}}
        """)
      await LoopActor.loop.settle()
      #expect(session.state == .ready)
      conversation.finish()
    }
    let undeclared = "Not declared by this client"
    try await check(
      "\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"message\":\"m\",\"url\":\"https://x\"}",
      -32602, undeclared)
    try await check(
      "\"method\":\"elicitation/create\",\"params\":{\"mode\":\"dance\",\"message\":\"m\"}", -32602,
      undeclared)
    try await check(
      "\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[],\"maxTokens\":1,\"tools\":[]}",
      -32602, undeclared)
    try await check("\"method\":\"vendor/x\"", -32601, "Method not found")
    try await check("\"method\":\"tasks/list\"", -32601, "Method not found")
  }

  @Test func `a round of input repeats the call with answers and state`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":"*"}}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","requestState":"s1","inputRequests":{"who":{"method":"elicitation/create","params":{"message":"Who?"}},"where":{"method":"roots/list"}}}}
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t","inputResponses":{"who":{"action":"decline"},"where":{"roots":[{"uri":"file:///a"}]}},"requestState":"s1","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"input_required","inputRequests":{"who":{"method":"elicitation/create","params":{"message":"Sure?"}}}}}
      > {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"t","inputResponses":{"who":{"action":"cancel"}},"_meta":"*"}}
      < {"jsonrpc":"2.0","id":3,"result":{"content":[]}}
      > {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"t","_meta":"*"}}
      < {"jsonrpc":"2.0","id":4,"result":{"resultType":"complete","content":[]}}
      """)
    let first = call(session)
    await LoopActor.loop.settle()
    #expect(session.waitingInputs.map(\.origin) == [.round(1, method: "tools/call", name: "t")])
    session.answer(1, .elicitation(.decline))
    await LoopActor.loop.settle()
    session.answer(2, .refused(code: -1, message: "no"))
    #expect(try await first.value.get().answer.rounds == 2)
    _ = try await session.callTool(ToolCall(name: "t"))
    conversation.finish()
  }

  @Test func `answers may come in any order`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"A"}},"b":{"method":"elicitation/create","params":{"message":"B"}}}}}
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t","inputResponses":{"a":{"action":"accept","content":{}},"b":{"action":"decline"}},"_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","content":[]}}
      """)
    let call = call(session)
    await LoopActor.loop.settle()
    session.answer(2, .elicitation(.decline))
    session.answer(1, .elicitation(.accept([:])))
    _ = try await call.value.get()
    conversation.finish()
  }

  @Test func `a state without requests is sent back after a pause`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","requestState":"s"}}
      > {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t","requestState":"s","_meta":"*"}}
      < {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","content":[]}}
      """)
    let call = call(session)
    _ = try await conversation.end(of: call).get()
    conversation.finish()
  }

  @Test func `input that cannot be given ends the call and says which`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":1}}}}}
      """, ClientFeatures(elicitationForm: true))
    let error = await failure { () throws(ClientError) in
      try await session.callTool(ToolCall(name: "t"))
    }
    #expect(error?.layer == .inputRequired)
    #expect(
      error?.description
        == "tools/call: the server asks for input that cannot be given here (sampling/createMessage)"
    )
    conversation.finish()
  }

  @Test func `a server that never has enough is stopped`() async throws {
    var script = ""
    for id in 1...11 {
      script += """
        > {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":"*"}
        < {"jsonrpc":"2.0","id":\(id),"result":{"resultType":"input_required","requestState":"s"}}

        """
    }
    let (session, conversation) = try await modern(script)
    let call = call(session)
    guard case .failure(let error) = await conversation.end(of: call) else {
      return #expect(Bool(false))
    }
    #expect(error.description == "tools/call: the server asked for input more than 10 times")
    conversation.finish()
  }

  @Test func `cancelling a call withdraws what it asked for`() async throws {
    let (session, conversation) = try await modern(
      """
      > {"jsonrpc":"2.0","id":1,"method":"tools/call","params":"*"}
      < {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"A"}}}}}
      """)
    let call = call(session)
    await LoopActor.loop.settle()
    call.cancel()
    guard case .failure(let error) = await call.value else { return #expect(Bool(false)) }
    #expect(error.reason == .cancelled)
    #expect(session.waitingInputs == [])
    conversation.finish()
  }
}

import EventLoop
import HTTP
import HTTPCore
import JSON
import TestSupport
import Testing

@testable import Operations

/// Several servers with the same records, as they stand behind one balancer.
@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct SharedSessionTests {
  enum Kind: String, CaseIterable {
    case folder, postgres
  }

  nonisolated static let kinds = Kind.allCases.filter {
    $0 == .folder || PrivatePostgres.isInstalled
  }

  private let scratch = ScratchFolder()

  private func store(_ kind: Kind) async throws -> RecordStore {
    guard kind == .postgres else { return .folder(DataFolder(scratch.file("data"))) }
    return .postgres(try #require(await PrivatePostgres.address()))
  }

  /// One server while it runs.
  @LoopActor
  private final class Instance {
    private(set) var url = ""
    private var run: Task<Void, Never>?

    init(_ store: RecordStore) async throws {
      var wish = ServeWish(system: "conformance", way: .http("127.0.0.1:0"))
      wish.records = store
      let serving = try await Serving.open(wish)
      let began = Latch()
      run = EventLoop.task { [weak self] in
        do throws(OperationFailure) {
          try await serving.run {
            self?.url = $0.addresses.first ?? ""
            began.set()
          }
        } catch {
          Issue.record("\(error)")
          began.set()
        }
      }
      await began.wait()
    }

    func stop() async {
      run?.cancel()
      await run?.value
    }
  }

  private func send(
    _ url: String, session: String? = nil, _ message: JSON = .null, method: String = "POST"
  ) async throws -> (status: Int, session: String?, text: String) {
    let client = HTTPClient()
    defer { client.close() }
    var request = HTTPRequest(
      method, try WebURL(url), body: message.isNull ? [] : message.compactBytes)
    request.fields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]
    request.fields["Mcp-Session-Id"] = session
    let exchange = client.send(request)
    let head = try await exchange.head()
    let text = String(decoding: try await exchange.body(), as: UTF8.self)
    return (head.status, head.fields["Mcp-Session-Id"], text)
  }

  private func opened(_ url: String) async throws -> String {
    let opening: JSON = [
      "jsonrpc": "2.0", "id": 0, "method": "initialize",
      "params": [
        "protocolVersion": "2025-06-18", "capabilities": ["elicitation": [:]],
        "clientInfo": ["name": "test", "version": "1"],
      ],
    ]
    let answer = try await send(url, opening)
    let session = try #require(answer.session)
    let ready: JSON = ["jsonrpc": "2.0", "method": "notifications/initialized"]
    #expect(try await send(url, session: session, ready).status == 202)
    return session
  }

  private let call: JSON = [
    "jsonrpc": "2.0", "id": 1, "method": "tools/call",
    "params": ["name": "greet", "arguments": ["name": "you"]],
  ]

  @Test(arguments: kinds)
  func `a session is found wherever its next request arrives`(_ kind: Kind) async throws {
    let store = try await store(kind)
    let first = try await Instance(store), second = try await Instance(store)
    let session = try await opened(first.url)
    for url in [second.url, first.url, second.url] {
      let answer = try await send(url, session: session, call)
      #expect(answer.status == 200 && answer.text.contains("Hello, you!"), "\(answer.text)")
    }
    #expect(try await send(second.url, session: session, method: "DELETE").status == 200)
    for url in [first.url, second.url] {
      #expect(try await send(url, session: session, call).status == 404)
    }
    await first.stop()
    await second.stop()
  }

  /// A request of the revision without sessions.
  private func ask(_ url: String, _ method: String, _ params: JSONObject) async throws -> JSON {
    var params = params
    params["_meta"] = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": [
        "extensions": ["io.modelcontextprotocol/tasks": [:]]
      ],
    ]
    let message: JSON = [
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
    ]
    let client = HTTPClient()
    defer { client.close() }
    var request = HTTPRequest("POST", try WebURL(url), body: message.compactBytes)
    request.fields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method,
    ]
    request.fields["Mcp-Name"] = (params["taskId"] ?? params["name"])?.string
    let exchange = client.send(request)
    _ = try await exchange.head()
    return try JSON.parse(try await exchange.body())
  }

  @Test(arguments: kinds)
  func `a task is found wherever it is asked for`(_ kind: Kind) async throws {
    let store = try await store(kind)
    let first = try await Instance(store), second = try await Instance(store)
    let created = try await ask(
      first.url, "tools/call",
      ["name": "slow_compute", "arguments": ["seconds": 600, "label": "far"]])
    let id = try #require(created["result"]?["taskId"]?.string, "\(created.compact)")
    for url in [second.url, first.url] {
      let state = try await ask(url, "tasks/get", ["taskId": .string(id)])
      #expect(state["result"]?["status"] == "working", "\(state.compact)")
    }
    let ended = try await ask(second.url, "tasks/cancel", ["taskId": .string(id)])
    #expect(ended["result"]?["resultType"] == "complete", "\(ended.compact)")
    let state = try await ask(first.url, "tasks/get", ["taskId": .string(id)])
    #expect(state["result"]?["status"] == "cancelled", "\(state.compact)")
    let unknown = try await ask(second.url, "tasks/get", ["taskId": "nothing"])
    #expect(unknown["error"]?["code"] == -32602, "\(unknown.compact)")
    await first.stop()
    let gone = try await ask(second.url, "tasks/get", ["taskId": .string(id)])
    #expect(gone["error"]?["code"] == -32602, "\(gone.compact)")
    await second.stop()
  }

  @Test(arguments: kinds)
  func `an answer that arrives at another server finds the question`(_ kind: Kind) async throws {
    let store = try await store(kind)
    let first = try await Instance(store), second = try await Instance(store)
    let session = try await opened(first.url)
    let client = HTTPClient()
    defer { client.close() }
    var asking: JSONObject = call.object ?? [:]
    asking["params"] = ["name": "test_elicitation", "arguments": ["message": "Who?"]]
    var request = HTTPRequest(
      "POST", try WebURL(second.url), body: JSON.object(asking).compactBytes)
    request.fields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
      "Mcp-Session-Id": session,
    ]
    let exchange = client.send(request)
    var heard = ""
    while !heard.contains("elicitation/create"), let piece = try await exchange.chunk() {
      heard += String(decoding: piece, as: UTF8.self)
    }
    let data = heard.split(separator: "\n").last { $0.contains("elicitation/create") } ?? ""
    let question = try JSON.parse(String(data.drop { $0 != "{" }))
    let reply: JSON = [
      "jsonrpc": "2.0", "id": try #require(question["id"]),
      "result": ["action": "accept", "content": ["username": "ada", "email": "a@b.example"]],
    ]
    // The question went out from the first server by way of the second; its answer takes the short way.
    #expect(try await send(first.url, session: session, reply).status == 202)
    while let piece = try await exchange.chunk() { heard += String(decoding: piece, as: UTF8.self) }
    #expect(heard.contains("ada"), "\(heard)")
    await first.stop()
    await second.stop()
  }

  @Test(arguments: kinds)
  func `a session outlives the server it began in`(_ kind: Kind) async throws {
    let store = try await store(kind)
    let first = try await Instance(store), second = try await Instance(store)
    let session = try await opened(first.url)
    await first.stop()
    let answer = try await send(second.url, session: session, call)
    #expect(answer.status == 200 && answer.text.contains("Hello, you!"), "\(answer.text)")
    await second.stop()
    let third = try await Instance(store)
    #expect(try await send(third.url, session: session, call).status == 200)
    await third.stop()
  }
}

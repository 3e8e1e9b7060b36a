import EventLoop
import HTTP
import HTTPCore
import JSON
import Keys
import MCPProtocol
import MockBackend
import SafeText
import Settings
import TestSupport
import Testing

@testable import Operations

/// A system served over HTTP on a port of its own, with keys and records in a folder of the test.
@LoopActor
final class SystemStand {
  let serving: Serving
  let folder: DataFolder
  let store: RecordStore
  private let run: Task<Void, Never>
  private let scratch: ScratchFolder

  static func open(
    _ system: String, _ scratch: ScratchFolder,
    _ change: @LoopActor (inout ServeWish) -> Void = { _ in }
  ) async throws -> SystemStand {
    let folder = DataFolder(scratch.file("data"))
    var wish = ServeWish(system: system, way: .http("127.0.0.1:0"))
    wish.records = .folder(folder)
    wish.needsKey = true
    change(&wish)
    let serving = try await Serving.open(wish)
    let began = Latch()
    let run = EventLoop.task {
      do throws(OperationFailure) { try await serving.run { _ in began.set() } } catch {
        Issue.record("\(error)")
        began.set()
      }
    }
    await began.wait()
    return SystemStand(serving, folder, run, scratch)
  }

  private init(
    _ serving: Serving, _ folder: DataFolder, _ run: Task<Void, Never>, _ scratch: ScratchFolder
  ) {
    self.serving = serving
    self.folder = folder
    store = .folder(folder)
    self.run = run
    self.scratch = scratch
  }

  func close() async {
    run.cancel()
    await run.value
  }

  var url: String { serving.demoAddress }
  var base: String { String(url[..<(url.place(of: "/", after: "http://") ?? url.endIndex)]) }

  // MARK: - Keys

  func key(
    _ scopes: [String], projects: [String] = [], expires: WallTime? = nil, test: Bool = false
  ) async throws -> MintedKey {
    let keys = try await Records(store).keys()
    let system = try #require(KeySystem.named(serving.wish.system))
    var request = KeyRequest(system: system, name: "bot", scopes: scopes, createdBy: "ann")
    request.projects = projects
    request.expiresAt = expires
    request.isTest = test
    let minted = try await keys.mint(request, at: LoopActor.loop.clock.wallTime)
    await keys.close()
    return minted
  }

  func revoke(_ key: MintedKey) async throws {
    let keys = try await Records(store).keys()
    _ = try await keys.revoke(key.key.id, at: LoopActor.loop.clock.wallTime)
    await keys.close()
  }

  // MARK: - Asking

  struct Answer {
    let status: Int
    let fields: HTTPFields
    let text: String
    var json: JSON { (try? JSON.parse(text)) ?? .null }
    /// Of a tool: what it gave, or what it said went wrong.
    var result: JSON { json["result"]?["structuredContent"] ?? .null }
    var complaint: String {
      json["error"]?["message"]?.string
        ?? (json["result"]?["isError"] == true
          ? json["result"]?["content"]?[0]?["text"]?.string ?? "" : "")
    }
  }

  func call(
    _ tool: String, _ arguments: JSONObject = [:], _ headers: HTTPFields, at address: String? = nil
  ) async throws -> Answer {
    try await ask(
      "tools/call", ["name": .string(tool), "arguments": .object(arguments)], headers, named: tool,
      at: address)
  }

  func ask(
    _ method: String, _ params: JSONObject = [:], _ headers: HTTPFields, named name: String? = nil,
    at address: String? = nil
  ) async throws -> Answer {
    var params = params
    params["_meta"] = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": ["name": "t", "version": "1"],
      "io.modelcontextprotocol/clientCapabilities": [:],
    ]
    let body: JSON = [
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
    ]
    var fields: HTTPFields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method,
    ]
    if let name { fields["Mcp-Name"] = name }
    return try await Self.send(
      "POST", address ?? url, fields.overlaid(with: headers), body.compactBytes)
  }

  static func send(
    _ method: String, _ url: String, _ headers: HTTPFields = [:], _ body: [UInt8] = []
  ) async throws -> Answer {
    let client = HTTPClient()
    defer { client.close() }
    var request = HTTPRequest(method, try WebURL(url), body: body)
    request.fields = headers
    let exchange = client.send(request)
    let head = try await exchange.head()
    let text = String(decoding: try await exchange.body(), as: UTF8.self)
    return Answer(status: head.status, fields: head.fields, text: text)
  }
}

extension String {
  /// Where the next of these begins behind a first word.
  fileprivate func place(of mark: Character, after head: String) -> Index? {
    hasPrefix(head) ? dropFirst(head.count).firstIndex(of: mark) : nil
  }
}

extension MintedKey {
  var bearer: HTTPFields { ["Authorization": "Bearer \(text.reveal())"] }
}

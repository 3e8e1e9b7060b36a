import EventLoop
import JSON
import MCPProtocol

@testable import MCPServer

/// A server on a byte stream in memory, and the test as its client, word by word.
@LoopActor
final class Talk {
  let clock = VirtualClock()
  let server: Server
  private(set) var link: ServerLink?
  private(set) var heard: [JSON] = []
  let version: String
  var capabilities: JSON = ["elicitation": [:], "sampling": [:], "roots": [:]]
  var meta = JSONObject()

  init(
    _ catalog: Catalog, _ version: String, settings: ServerSettings = ServerSettings(),
    gate: any AccessGate = OpenGate(), log: any InvocationLog = NoLog(), caller: Caller = .local
  ) {
    self.version = version
    server = Server(
      catalog, settings: settings,
      surroundings: ServerSurroundings(clock: clock, seal: .forTests, token: Self.counter()),
      gate: gate, log: log)
    link = ServerLink(server, caller: caller) { [weak self] bytes in
      do { self?.heard.append(try JSON.parse(bytes)) } catch { self?.heard.append(.null) }
    }
  }

  var isStateless: Bool { version == "2026-07-28" }

  private static func counter() -> @Sendable () -> String {
    let numbers = Numbers()
    return { "id-\(numbers.next())" }
  }

  /// Opens a session where the revision has one.
  func open() async {
    guard !isStateless else { return }
    _ = await ask(
      "initialize",
      [
        "protocolVersion": .string(version), "capabilities": capabilities,
        "clientInfo": ["name": "test", "version": "1"],
      ], id: "open")
    await send(["jsonrpc": "2.0", "method": "notifications/initialized"])
  }

  func send(_ json: JSON) async {
    link?.receive(json)
    await LoopActor.loop.settle()
  }

  /// Sends a request without waiting for more than what comes at once.
  func start(_ method: String, _ params: JSONObject = JSONObject(), id: JSON) async {
    var params = params
    var all = meta
    if isStateless {
      all["io.modelcontextprotocol/protocolVersion"] = .string(version)
      all["io.modelcontextprotocol/clientCapabilities"] = capabilities
    }
    if !all.isEmpty { params["_meta"] = .object(all) }
    await send([
      "jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params),
    ])
  }

  /// The answer to a request that is answered at once; null where none came.
  func ask(_ method: String, _ params: JSONObject = JSONObject(), id: JSON = 1) async -> JSON {
    await start(method, params, id: id)
    return answer(to: id)
  }

  func call(_ tool: String, _ arguments: JSON? = nil, id: JSON = 1) async -> JSON {
    var params: JSONObject = ["name": .string(tool)]
    params["arguments"] = arguments
    return await ask("tools/call", params, id: id)
  }

  /// The answer, once time has passed for it, however late it came to its waits.
  func later(_ id: JSON) async -> JSON {
    for _ in 0..<100 where answer(to: id) == .null { await clock.advance(by: .seconds(1)) }
    return answer(to: id)
  }

  func answer(to id: JSON) -> JSON {
    heard.last { $0["id"] == id && $0["method"] == nil } ?? .null
  }

  func notices(_ method: String) -> [JSON] { heard.filter { $0["method"]?.string == method } }

  func forget() { heard = [] }
}

private final class Numbers: Sendable {
  private let state = AtomicNumber()
  func next() -> Int { state.next() }
}

extension StateSeal {
  /// No secret at all: good enough to tell whether a state was changed.
  static let forTests = StateSeal { bytes in
    var sum: UInt64 = 14_695_981_039_346_656_037
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211 }
    return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
  }
}

extension JSON {
  var code: Int? { self["error"]?["code"]?.int }
  var result: JSON { self["result"] ?? .null }
  var text: String? { result["content"]?[0]?["text"]?.string }
}

let everyVersion = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]

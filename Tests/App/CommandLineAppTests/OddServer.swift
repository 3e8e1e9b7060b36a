import EventLoop
import HTTPCore
import JSON
import ScriptedServer

/// A server on loopback that does well what a row leaves alone and answers the rest as the row says.
@LoopActor
struct OddServer {
  /// One answer: head and body, with `{id}` for the id that was asked under.
  struct Reply: Sendable, ExpressibleByStringLiteral {
    var status = "200 OK"
    var headers = ["Content-Type: application/json"]
    var body: String
    /// Written as it stands, and the connection closed behind it.
    var isRaw = false
    /// Held back for so long; for ever where it is nil.
    var pause: Duration? = .zero

    init(stringLiteral body: String) { self.body = body }

    static func status(
      _ status: String, _ headers: [String] = [], _ body: String = ""
    ) -> Reply {
      var reply = Reply(stringLiteral: body)
      (reply.status, reply.headers) = (status, headers)
      return reply
    }

    static func raw(_ text: String) -> Reply {
      var reply = Reply(stringLiteral: text)
      reply.isRaw = true
      return reply
    }

    /// The question is read and never answered.
    static var silence: Reply {
      var reply = Reply(stringLiteral: "")
      reply.pause = nil
      return reply
    }

    func after(_ pause: Duration) -> Reply {
      var reply = self
      reply.pause = pause
      return reply
    }

    static func stream(_ body: String) -> Reply {
      .status("200 OK", ["Content-Type: text/event-stream"], body)
    }

    static func html(_ body: String) -> Reply {
      .status("200 OK", ["Content-Type: text/html"], body)
    }
  }

  /// `POST tools/list`, `GET`, `DELETE`; nil leaves it to the well-behaved part.
  typealias Rule = @Sendable (_ what: String) -> Reply?

  let server: ScriptedServer
  var url: String { server.url("/mcp") }

  init(_ rule: @escaping Rule) throws {
    server = try ScriptedServer { connection in
      while let request = await connection.request() {
        let message = Self.json(request.text)
        let method = message?["method"]?.string ?? ""
        let what = request.method == "POST" ? "POST \(method)" : request.method
        let reply = rule(what) ?? Self.good(what)
        guard await Self.write(reply, message?["id"]?.compact ?? "null", connection) else { return }
      }
    }
  }

  private static func json(_ text: String) -> JSON? {
    do { return try JSON.parse(text) } catch { return nil }
  }

  /// False where the connection ends with it.
  private static func write(
    _ reply: Reply, _ id: String, _ connection: ScriptedConnection
  ) async -> Bool {
    let body = reply.body.replacing("{id}", with: id)
    guard let pause = reply.pause else {
      await connection.waitForEnd()
      return false
    }
    // What is slow here is the server: the subject waits in real time.
    do { try await ContinuousClock().sleep(for: pause) } catch { return false }
    guard !reply.isRaw else {
      await connection.write(body)
      return false
    }
    await connection.answer(reply.status, reply.headers, body: body)
    return true
  }

  nonisolated static func good(_ what: String) -> Reply {
    switch what {
    case "POST initialize":
      #"{"jsonrpc":"2.0","id":{id},"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"odd","version":"1"}}}"#
    case "POST notifications/initialized": .status("202 Accepted")
    case "POST tools/list":
      #"{"jsonrpc":"2.0","id":{id},"result":{"tools":[{"name":"add","inputSchema":{"type":"object"}}]}}"#
    case "GET", "DELETE": .status("405 Method Not Allowed")
    default: #"{"jsonrpc":"2.0","id":{id},"error":{"code":-32601,"message":"Method not found"}}"#
    }
  }
}

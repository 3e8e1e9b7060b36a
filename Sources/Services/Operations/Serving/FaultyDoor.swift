import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

/// Stands before a system's endpoint and spoils what is switched on; lets everything else pass.
@LoopActor
final class FaultyDoor {
  private let faults: FaultBoard
  private let glance: @LoopActor () -> Void
  /// Sessions that were told they are gone.
  private var lost: Set<String> = []

  init(_ faults: FaultBoard, glance: @escaping @LoopActor () -> Void) {
    self.faults = faults
    self.glance = glance
  }

  /// The same routes, behind the door.
  func guarding(_ routes: [HTTPRoute]) -> [HTTPRoute] {
    routes.map { route in
      HTTPRoute(
        route.methods, route.pattern.text, readers: route.readers,
        refusesItself: route.refusesItself
      ) { [self] request, responder in
        glance()
        if faults.isQuiet {
          if !lost.isEmpty { lost = [] }
        } else if spoils(request, responder) {
          return
        }
        route.handler(request, responder)
      }
    }
  }

  // MARK: - Spoiling

  private func spoils(_ request: HTTPServerRequest, _ responder: HTTPResponder) -> Bool {
    if let refusal = refusal(of: request) {
      responder.respond(
        status: refusal.status,
        headers: refusal.fields.overlaid(with: ["Content-Type": "application/json"]),
        body: Self.error(refusal.text))
      return true
    }
    guard request.method == "POST" else { return false }
    if faults.has(DoorFault.malformedJSON) {
      responder.respond(
        status: 200, headers: ["Content-Type": "application/json"],
        body: Array(#"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"te"#.utf8))
      return true
    }
    if faults.has(DoorFault.wrongType) {
      responder.respond(
        status: 200, headers: ["Content-Type": "text/html; charset=utf-8"],
        body: Array("<!doctype html><title>Sign in</title><p>Welcome back.</p>\n".utf8))
      return true
    }
    guard faults.has(DoorFault.droppedStream), isCall(request) else { return false }
    responder.begin(status: 200, headers: ["Content-Type": "text/event-stream"])
    responder.write(Array("data: {\"jsonrpc\":\"2.0\",\"id\":".utf8))
    responder.abort()
    return true
  }

  private struct Refusal {
    let status: Int
    let text: String
    var fields: HTTPFields = HTTPFields()
  }

  private func refusal(of request: HTTPServerRequest) -> Refusal? {
    for (row, words) in [
      (DoorFault.expiredKey, "The credential expired"),
      (DoorFault.revokedKey, "The credential was revoked"),
    ] where faults.has(row) {
      return Refusal(status: 401, text: words, fields: Self.challenge("invalid_token", words))
    }
    guard isCall(request) else { return nil }
    if faults.has(DoorFault.wrongScope) {
      let words = "The credential lacks a scope that this call needs"
      return Refusal(status: 403, text: words, fields: Self.challenge("insufficient_scope", words))
    }
    if faults.has(DoorFault.rateLimit) {
      return Refusal(
        status: 429, text: "There were too many calls; try again in 30 seconds",
        fields: ["Retry-After": "30"])
    }
    guard faults.has(DoorFault.sessionLost) else { return nil }
    return lostSession(request)
  }

  /// The session at hand is lost; those that begin afterwards work.
  private func lostSession(_ request: HTTPServerRequest) -> Refusal? {
    guard let session = request.headers["Mcp-Session-Id"] else { return nil }
    if lost.isEmpty { lost.insert(session) }
    guard lost.contains(session) else { return nil }
    return Refusal(status: 404, text: "There is no such session")
  }

  private func isCall(_ request: HTTPServerRequest) -> Bool {
    guard request.method == "POST" else { return false }
    do throws(JSONError) {
      return try JSON.parse(request.body)["method"] == "tools/call"
    } catch { return false }
  }

  private static func challenge(_ error: String, _ words: String) -> HTTPFields {
    [
      "WWW-Authenticate":
        "Bearer realm=\"alidade\", error=\"\(error)\", error_description=\"\(words)\""
    ]
  }

  private static func error(_ text: String) -> [UInt8] {
    let json: JSON = [
      "jsonrpc": "2.0", "id": .null, "error": ["code": -32600, "message": .string(text + ".")],
    ]
    return json.compactBytes
  }
}

import Audit
import EventLoop
import Glibc
import HTTP
import HTTPCore
import JSON

/// Serves a fixed answer, and an event stream at /stream, until it is ended; prints its port first.
func serveFixed(_ words: [String]) -> Bool {
  guard words.isEmpty else { return false }
  return EventLoop.run(catching: [.interrupt, .terminate]) { loop in
    let body = Array(
      #"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"ok"}]}}"#.utf8)
    do throws(HTTPServerError) {
      let server = try HTTPServer.start(listen: .localhost(port: 0)) { request, responder in
        if request.target == "/stream" {
          return responder.begin(status: 200, headers: ["content-type": "text/event-stream"])
        }
        responder.respond(status: 200, headers: ["content-type": "application/json"], body: body)
      }
      say("\(server.port)")
      await untilCancelled(loop)
      server.stop()
      return true
    } catch {
      say("\(error)")
      return false
    }
  }
}

/// Writes audit events in groups until it is ended or has written that many; prints the last number of each group
/// once it is safe.
func writeAudit(_ words: [String]) -> Bool {
  guard words.count == 3, let count = Int(words[1]), let group = Int(words[2]), group > 0 else {
    return false
  }
  return EventLoop.run { _ in
    do throws(AuditError) {
      let store = try await AuditStore.open(sqlite: words[0])
      let start = ContinuousClock.now
      for first in stride(from: 0, to: count, by: group) {
        let head = try await store.append((first..<first + group).map(sampleEvent))
        say("\(head.number)")
      }
      await store.close()
      say("seconds \((ContinuousClock.now - start) / .seconds(1))")
      return true
    } catch {
      say("\(error)")
      return false
    }
  }
}

private func sampleEvent(_ index: Int) -> AuditEvent {
  let tools = ["search_tickets", "get_ticket", "create_ticket", "list_projects", "ping"]
  var event = AuditEvent(
    at: .now, kind: index % 9 == 0 ? .invokedMutating : .invoked,
    principal: "user-\(index % 37)@example.org", system: index % 3 == 0 ? "alumia" : "allv",
    tool: tools[index % tools.count], outcome: index % 101 == 0 ? .denied : .ok)
  event.credential = "alm_live_\(index % 50)abcdefgh"
  event.arguments = ["query": .string("words number \(index)"), "limit": 20, "api_key": "secret"]
  event.microseconds = Int64(index % 5_000)
  event.request = "\(index)"
  event.client = "bench 1.0"
  return event
}

private func untilCancelled(_ loop: EventLoop) async {
  // Cancellation is the end that is waited for.
  do { try await loop.clock.sleep(until: .distantFuture) } catch { return }
}

private func say(_ line: String) {
  print(line)
  fflush(nil)
}

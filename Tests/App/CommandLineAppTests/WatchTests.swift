import EventLoop
import JSON
import Operations
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct WatchTests {
  private static let words = ["watch", "-n", "3", "--json", "--", "server"]

  /// Subscribes, then is told three things.
  private static func server(_ version: String = "2025-11-25") -> TestServer {
    TestServer(
      version, capabilities: ["tools": ["listChanged": true], "resources": ["subscribe": true]],
      [
        "resources/subscribe": { params, server in
          Task { @LoopActor in
            server.tell("notifications/tools/list_changed")
            server.tell("notifications/resources/updated", ["uri": params["uri"] ?? .null])
            server.tell(
              "notifications/message", ["level": "info", "logger": "l", "data": "\u{1b}[2Jhello"])
          }
          return .result([:])
        }
      ])
  }

  @Test func `each event is a JSON object on a line, and the count ends it`() async throws {
    let server = Self.server()
    let run = await CommandRun.of(
      ["watch", "-n", "3", "--json", "file:///a", "--", "server"], server: server)
    #expect(run.code == .ok)
    let events = try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
    #expect(events.map { $0["event"]?.string } == ["listChanged", "resourceUpdated", "log"])
    #expect(events[1]["uri"] == "file:///a")
    #expect(events[2]["data"] == "\u{1b}[2Jhello")
    #expect(run.errors == "")
    #expect(await server.sent("resources/subscribe").map { $0["uri"] } == ["file:///a"])
  }

  @Test func `a notification of its own kind is told by its name`() async throws {
    let server = TestServer(
      "2025-11-25", capabilities: ["resources": ["subscribe": true]],
      [
        "resources/subscribe": { _, server in
          Task { @LoopActor in server.tell("notifications/vendor/done", ["share": 1]) }
          return .result([:])
        }
      ])
    let run = await CommandRun.of(
      ["watch", "-n", "1", "--json", "file:///a", "--", "server"], server: server)
    let event = try JSON.parse(run.output)
    #expect(event["event"] == "notification")
    #expect(event["method"] == "notifications/vendor/done")
  }

  @Test func `people read one line an event, made safe`() async {
    let run = await CommandRun.of(
      ["watch", "-n", "3", "file:///a", "--", "server"], server: Self.server())
    #expect(run.output.contains("  tools changed\n"))
    #expect(run.output.contains("  updated file:///a\n"))
    #expect(run.output.contains("  log info (l) "))
    #expect(!run.output.contains("\u{1b}"))
  }

  @Test @LoopActor func `events come in line, and waiting for one has a limit`() async {
    let clock = VirtualClock()
    let feed = EventFeed(clock: clock)
    feed.put(.listChanged("tools"))
    guard case .event(.listChanged, _) = await feed.next(within: .seconds(1)) else {
      Issue.record("the event was lost")
      return
    }
    let waiting = Task { @LoopActor in await feed.next(within: .seconds(1)) }
    while clock.pendingTimers == 0 { await Task.yield() }
    await clock.advance(by: .seconds(2))
    guard case .timedOut = await waiting.value else {
      Issue.record("the limit was passed over")
      return
    }
  }

  @Test func `a server that goes away ends it with its last words`() async {
    let server = TestServer(
      capabilities: ["resources": ["subscribe": true]],
      [
        "resources/subscribe": { _, server in
          Task { @LoopActor in server.die() }
          return .result([:])
        }
      ])
    let run = await CommandRun.of(["watch", "file:///a", "--", "server"], server: server)
    #expect(run.code == .unreachable)
  }

  @Test func `being cancelled ends it without a word`() async {
    let server = TestServer(capabilities: ["tools": ["listChanged": true]])
    let task = Task {
      await CommandRun.of(["watch", "--", "server"], server: server)
    }
    while await server.sent("notifications/initialized").isEmpty { await Task.yield() }
    task.cancel()
    let run = await task.value
    #expect(run.code == .interrupted)
    #expect(run.errors == "")
  }

  @Test func `a stateless server is listened to by subscription`() async throws {
    let server = TestServer(
      "2026-07-28",
      capabilities: ["tools": ["listChanged": true], "resources": ["subscribe": true]],
      [
        "subscriptions/listen": { params, server in
          // The stream for the lists replaces that for the resource alone.
          guard params["notifications"]?["toolsListChanged"] == true else { return .silence }
          let id = server.received.last?["id"] ?? .null
          let meta: JSON = ["io.modelcontextprotocol/subscriptionId": id]
          Task { @LoopActor in
            server.tell(
              "notifications/subscriptions/acknowledged",
              ["notifications": params["notifications"] ?? .null, "_meta": meta])
            server.tell("notifications/resources/updated", ["uri": "file:///a", "_meta": meta])
          }
          return .silence
        }
      ])
    let run = await CommandRun.of(
      ["watch", "-n", "1", "--json", "file:///a", "--", "server"], server: server)
    #expect(run.code == .ok, "\(run.errors)")
    let last = try #require(run.output.split(separator: "\n").last)
    #expect(try JSON.parse(String(last))["uri"] == "file:///a")
  }

  @Test func `nothing to watch is said at once`() async {
    let stateless = await CommandRun.of(
      ["watch", "--", "server"], server: TestServer("2026-07-28"))
    #expect(stateless.code == .usage)
    #expect(stateless.errors.contains("nothing to watch"))
  }
}

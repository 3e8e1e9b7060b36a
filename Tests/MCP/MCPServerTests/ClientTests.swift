import EventLoop
import JSON
import MCPClient
import MCPEras
import MCPProtocol
import TestSupport
import Testing
import Transports

@testable import MCPServer

/// The program's own client against its own server: what one side writes the other must read.
@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct ClientTests {
  /// A client that answers every question with the name Ada.
  @LoopActor private final class Visit {
    var session: Session?
    var faults: [String] = []

    func take(_ event: ClientEvent) {
      switch event {
      case .input(let item):
        session?.answer(item.id, .elicitation(.accept(["name": "Ada", "it": "Ada"])))
      case .finding(let finding): faults.append("\(finding)")
      default: return
      }
    }
  }

  private func connect(_ wish: NegotiationWish) async throws -> Visit {
    let clock = LoopActor.loop.clock
    let server = Server(
      Sample.catalog, surroundings: ServerSurroundings(clock: clock, seal: .forTests))
    let plan = ConnectionPlan(route: .process, wish: wish) { _, _ in
      var link: ServerLink?
      return MemoryTransport { frame, transport in
        if link == nil {
          link = ServerLink(server, caller: .local) { bytes in
            do {
              transport.deliver(try JSON.parse(bytes), bytes: bytes)
            } catch { Issue.record("the server wrote no JSON: \(error)") }
          }
        }
        link?.receive(frame.bytes)
      }
    }
    let settings = SessionSettings(
      client: Implementation(name: "test", version: "1"),
      features: ClientFeatures(elicitationForm: true, tasks: true))
    let visit = Visit()
    visit.session = try await Connector(plan, settings: settings, clock: clock) {
      [weak visit] in visit?.take($0)
    }.connect()
    return visit
  }

  @Test func `the newest revision is found without being told`() async throws {
    let visit = try await connect(.automatic)
    #expect(visit.session?.card.version == .v20260728)
    #expect(visit.session?.card.info?.name == "sample")
    await visit.session?.close()
  }

  @Test(arguments: everyVersion)
  func `S1: every revision is spoken without a fault`(_ version: String) async throws {
    let visit = try await connect(.pinned(ProtocolVersion(rawValue: version)))
    let session = try #require(visit.session)
    #expect(try await session.listTools().values.count == 8)
    #expect(try await session.listPrompts().values.count == 1)
    #expect(try await session.listResourceTemplates().values.count == 1)
    let sum = try await session.call(
      .callTool(ToolCall(name: "add", arguments: ["a": 1, "b": 2])))
    #expect(sum.result["content"]?[0]?["text"] == #"{"sum":3}"#)
    let note = try await session.call(.readResource(uri: "note://one"))
    #expect(note.result["contents"]?[0]?["text"] == "a note")
    if version >= "2025-06-18" {
      let named = try await session.call(.callTool(ToolCall(name: "name")))
      #expect(named.result["content"]?[0]?["text"] == "accept Ada")
      let twice = try await session.call(.callTool(ToolCall(name: "two")))
      #expect(twice.result["content"]?[0]?["text"] == "Ada Ada")
    }
    #expect(visit.faults.isEmpty, "\(visit.faults)")
    await session.close()
  }
}

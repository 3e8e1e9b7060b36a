import EventLoop
import MCPProtocol
import Settings
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Diagnostics
@testable import Operations

/// The window's boards on systems that are really served.
@LoopActor
private final class FaultStage {
  private let bench: DemoBench
  let servers: [ServerDefinition]

  init() async throws {
    bench = try DemoBench()
    servers = await bench.station.demoServers().servers
  }

  var faults: [FaultSwitch] {
    get async throws {
      guard case .faults(let faults) = try await bench.records.meet(.faults) else { return [] }
      return faults
    }
  }

  /// What the doctor finds with a system while that fault is on.
  func findings(with fault: FaultSwitch) async throws -> Set<String> {
    _ = try await bench.records.meet(.setFault(fault, to: true))
    let found = await findings(of: fault.system)
    _ = try await bench.records.meet(.setFault(fault, to: false))
    return found
  }

  /// The names of what is out of order, or worth a note.
  func findings(of system: String) async -> Set<String> {
    guard var definition = servers.first(where: { $0.name == system }) else { return [] }
    definition.timeout = 10
    let subject = DiagnosisSubject(
      key: "", name: definition.name, target: definition.url ?? "", path: "",
      definition: definition, problems: [])
    let done = Latch()
    var found: [Finding] = []
    bench.records.carryOut(.examine(subject, only: nil, number: 1)) { news in
      switch news {
      case .finding(_, let finding): found.append(finding)
      default: done.set()
      }
    }
    await done.wait()
    return Set(found.filter { $0.status != .ok && $0.status != .skipped }.map(\.id))
  }

  func close() async {
    bench.records.close()
    await bench.station.close()
    bench.remove()
  }
}

@LoopActor @Suite(.inTurns) struct FaultFindingTests {
  @Test func `every fault that is switched on in the window leads its doctor to its finding`()
    async throws
  {
    let stage = try await FaultStage()
    let switches = try await stage.faults
    for (fault, id) in FaultFindings.rows.sorted(by: { $0.key < $1.key }) {
      let offered = switches.first { $0.id == fault && $0.system == "lumos" }
      let found = if let offered { try await stage.findings(with: offered) } else { Set<String>() }
      #expect(found.contains(id), "\(fault) should lead to \(id): \(found)")
    }
    await stage.close()
  }

  @Test func `what can go wrong with signing in is offered where somebody signs in`() async throws {
    let stage = try await FaultStage()
    let faults = try await stage.faults
    #expect(faults.contains { $0.system == "lumos" && $0.place == "authorization" })
    #expect(!faults.contains { $0.system == "alumia" && $0.place == "authorization" })
    #expect(!faults.contains { $0.isElsewhere })
    await stage.close()
  }
}

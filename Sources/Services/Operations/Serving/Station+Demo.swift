import EventLoop
package import Settings

extension Station {
  /// Serves every system for the window's demo: where each is reached with what, or why it cannot be.
  package func demoServers() async -> (servers: [ServerDefinition], problems: [String]) {
    // While one waits for its store the others are made.
    let opening = ServedSystem.all.filter { $0.name != "conformance" }.map { system in
      (system.name, Task { @LoopActor in await opened(system.name) })
    }
    var servers: [ServerDefinition] = []
    var problems: [String] = []
    for (name, task) in opening {
      switch await task.value {
      case .success(let server): servers.append(server)
      case .failure(let failure): problems.append("\(name): \(failure.sentence)")
      }
    }
    return (servers, problems)
  }

  private func opened(_ name: String) async -> Result<ServerDefinition, OperationFailure> {
    do throws(OperationFailure) { return .success(try await demos.definition(of: name)) } catch {
      return .failure(error)
    }
  }
}

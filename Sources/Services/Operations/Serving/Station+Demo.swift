package import Settings

extension Station {
  /// Serves every system for the window's demo: where each is reached with what, or why it cannot be.
  package func demoServers() async -> (servers: [ServerDefinition], problems: [String]) {
    var servers: [ServerDefinition] = []
    var problems: [String] = []
    for system in ServedSystem.all where system.name != "conformance" {
      do throws(OperationFailure) {
        servers.append(try await demos.definition(of: system.name))
      } catch { problems.append("\(system.name): \(error.sentence)") }
    }
    return (servers, problems)
  }
}

import Processes

extension Station {
  /// Whether there is a browser to send anywhere.
  package var hasBrowser: Bool {
    ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"].contains { !(settings.environment[$0] ?? "").isEmpty }
  }

  /// Opens the page in the user's browser. The address is one argument of it and passes through no shell.
  package func open(_ page: WebPage) throws(OperationFailure) {
    guard page.isOpenable else {
      throw OperationFailure(.usage, layer: "config", "only addresses of the web are opened")
    }
    let named = settings.environment["BROWSER"].flatMap { $0.split(separator: ":").first }
    try launch(named.map(String.init) ?? "xdg-open", page.address)
  }

  /// Has the system's program for it show a file that only the user can read, and answers with its path. It goes with the station.
  package func open(_ bytes: [UInt8], named name: String) throws(OperationFailure) -> String {
    let file = try PrivateFile(bytes, named: name, settings.environment)
    do throws(OperationFailure) { try launch("xdg-open", file.path) } catch {
      file.remove()
      throw error
    }
    opened.append(file)
    return file.path
  }

  private func launch(_ program: String, _ argument: String) throws(OperationFailure) {
    let request = LaunchRequest(
      program: program, arguments: [argument], environment: settings.environment)
    do { try processes.launchDetached(request) } catch {
      throw OperationFailure(.usage, layer: "spawn", "\(program) could not be started: \(error)")
    }
  }
}

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
    let request = LaunchRequest(
      program: named.map(String.init) ?? "xdg-open", arguments: [page.address],
      environment: settings.environment)
    do { try processes.launchDetached(request) } catch {
      throw OperationFailure(.usage, layer: "spawn", "no browser could be started: \(error)")
    }
  }
}

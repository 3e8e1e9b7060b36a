package import EventLoop
import HTTP
import HTTPCore
import MCPServer
import MockCatalogs

/// A system being served: from the first message to the orderly end.
@LoopActor
package final class Serving {
  private let wish: ServeWish
  private let server: Server
  /// Addresses it answers at, once it does; none on standard input and output.
  package private(set) var addresses: [String] = []
  /// Whether other machines can reach it.
  package private(set) var isExposed = false

  private static let endLimit = Duration.seconds(5)

  package init(_ wish: ServeWish) throws(OperationFailure) {
    guard let row = CatalogRow.all.first(where: { $0.name == wish.system }) else {
      let names = CatalogRow.all.map(\.name).joined(separator: ", ")
      throw OperationFailure(
        .usage, layer: "config", "there is no system '\(wish.system)'", hint: "known: \(names)")
    }
    var settings = ServerSettings()
    settings.pageSize = wish.pageSize
    self.wish = wish
    server = Server(
      row.make(), settings: settings,
      surroundings: ServerSurroundings(clock: LoopActor.loop.clock, seal: .ofProcess()))
  }

  /// Serves until the client goes or the task is cancelled. `began` is called once it answers.
  package func run(_ began: @LoopActor (Serving) -> Void) async throws(OperationFailure) {
    switch wish.way {
    case .stdio:
      began(self)
      try await runStdio()
    case .http(let address): try await runHTTP(address, began)
    }
  }

  private func runStdio() async throws(OperationFailure) {
    do throws(SystemError) {
      try await StdioServer(server, caller: .local).run(endingWithin: Self.endLimit)
    } catch {
      throw OperationFailure(
        .unreachable, layer: "stdio", "cannot read standard input: \(error.reason)")
    }
  }

  private func runHTTP(
    _ text: String, _ began: @LoopActor (Serving) -> Void
  ) async throws(OperationFailure) {
    let (endpoint, listener) = try listen(text)
    addresses = listener.addresses.map { "http://\($0)\(endpoint.path)" }
    began(self)
    let stopped = Latch()
    await withTaskCancellationHandler {
      await stopped.wait()
    } onCancel: {
      Task { @LoopActor in stopped.set() }
    }
    endpoint.drain()
    await listener.drain(deadline: Self.endLimit)
  }

  private func listen(_ text: String) throws(OperationFailure) -> (HTTPEndpoint, HTTPServer) {
    do throws(HTTPServerError) {
      let address = try ListenAddress(text)
      isExposed = !address.isLoopback
      let endpoint = HTTPEndpoint(server, settings(for: address))
      let listener = try HTTPServer.start(listen: address) { request, responder in
        if endpoint.serves(request.path) { return endpoint.handle(request, responder) }
        responder.respond(status: 404, headers: ["Content-Type": "text/plain"])
      }
      return (endpoint, listener)
    } catch {
      throw OperationFailure(.usage, layer: "config", "\(error)")
    }
  }

  private func settings(for address: ListenAddress) -> EndpointSettings {
    var settings = EndpointSettings()
    settings.hasLegacyStream = wish.hasLegacyStream
    settings.origins.isLoopback = address.isLoopback
    settings.origins.hosts = wish.hosts
    settings.origins.origins = wish.origins
    return settings
  }
}

import AuthorizationServer
package import EventLoop
package import Faults
import HTTP
import HTTPCore
import Keys
import MCPServer
import MockCatalogs

/// A system being served: from the first message to the orderly end.
@LoopActor
package final class Serving {
  let wish: ServeWish
  let served: ServedCatalog
  let records: ServingRecords
  let front: ServingFront
  let door: FaultyDoor
  /// What goes wrong on purpose; may be changed while it serves.
  package let faults: FaultBoard
  private let server: Server
  /// Addresses it answers at, once it does; none on standard input and output.
  package private(set) var addresses: [String] = []
  /// Whether other machines can reach it.
  package private(set) var isExposed = false

  private weak var listener: HTTPServer?

  private static let endLimit = Duration.seconds(5)

  /// Opens what the system keeps on record, and the system over it. `keys` stand in for those of the records.
  package static func open(_ wish: ServeWish) async throws(OperationFailure) -> Serving {
    try await open(wish, keys: nil)
  }

  static func open(
    _ wish: ServeWish, keys: KeyChecker?
  ) async throws(OperationFailure) -> Serving {
    let front = try ServingFront(wish)
    let (faults, watch) = try FaultWatch.open(
      FaultRow.ofServing, on: wish.faults, of: wish.system, in: wish.records)
    let glance: @LoopActor () -> Void = { watch?.glance() }
    let served = try ServedCatalog(wish, faults, glance: watch == nil ? nil : glance)
    let records = try await ServingRecords.open(wish, served, keys: keys, faults: faults)
    let door = FaultyDoor(faults, glance: glance)
    return Serving(wish, served, records: records, front: front, faults: faults, door: door)
  }

  private init(
    _ wish: ServeWish, _ served: ServedCatalog, records: ServingRecords, front: ServingFront,
    faults: FaultBoard, door: FaultyDoor
  ) {
    self.door = door
    var settings = ServerSettings()
    settings.pageSize = wish.pageSize
    self.wish = wish
    self.served = served
    self.records = records
    self.front = front
    self.faults = faults
    server = Server(
      served.catalog, settings: settings,
      surroundings: ServerSurroundings(clock: LoopActor.loop.clock, seal: records.seal),
      gate: records.gate, log: records.log)
  }

  /// Serves until the client goes or the task is cancelled. `began` is called once it answers.
  package func run(_ began: @LoopActor (Serving) -> Void) async throws(OperationFailure) {
    switch wish.way {
    case .stdio:
      began(self)
      try await closing { () async throws(OperationFailure) in try await runStdio() }
    case .http(let address):
      try await closing { () async throws(OperationFailure) in try await runHTTP(address, began) }
    }
  }

  /// What is on its way to the records is still written, however the work ends.
  private func closing(
    _ work: @LoopActor () async throws(OperationFailure) -> Void
  ) async throws(OperationFailure) {
    do throws(OperationFailure) { try await work() } catch {
      await records.close()
      throw error
    }
    await records.close()
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
    addresses = listener.addresses.map { "\(front.scheme)://\($0)\(endpoint.path)" }
    let relay = share(endpoint, listener)
    began(self)
    let stopped = Latch()
    await withTaskCancellationHandler {
      await stopped.wait()
    } onCancel: {
      Task { @LoopActor in stopped.set() }
    }
    endpoint.drain()
    await listener.drain(deadline: Self.endLimit)
    relay?.close()
  }

  private func listen(_ text: String) throws(OperationFailure) -> (HTTPEndpoint, HTTPServer) {
    do throws(HTTPServerError) {
      let address = try ListenAddress(text)
      isExposed = !address.isLoopback
      let endpoint = HTTPEndpoint(server, settings(for: address))
      let router = router(for: address, endpoint) { [weak self] in self?.listener }
      let listener = try HTTPServer.start(listen: address, identity: front.identity) {
        router.handle($0, $1)
      }
      self.listener = listener
      records.authorization?.settings.names = OwnNames(
        listener, front, wish, isLoopback: address.isLoopback)
      return (endpoint, listener)
    } catch {
      throw OperationFailure(.usage, layer: "config", "\(error)")
    }
  }
}

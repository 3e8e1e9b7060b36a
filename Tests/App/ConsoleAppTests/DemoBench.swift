import EventLoop
import MCPProtocol
import Operations
import Settings

@testable import ConsoleApp

/// What a demo stands on: systems that are really served on loopback ports, their records in a folder that goes with it.
@LoopActor
struct DemoBench {
  let station: Station
  let desk: StationDesk
  let records: RecordsDesk
  private let folder: DemoFolder

  init() throws {
    folder = try DemoFolder([:])
    let environment = folder.environment(over: ["HOME": folder.path])
    var settings = Station.Settings(
      client: .init(name: "alidade", version: "0"), environment: environment, directory: "/",
      stateFolder: StateFolder.path(in: environment))
    settings.isDemo = true
    station = Station(settings, loop: LoopActor.loop)
    desk = StationDesk(
      places: ConfigPlaces(environment: environment, directory: "/"), station: station,
      isDemo: true)
    records = RecordsDesk(
      environment: environment, directory: "/", loop: LoopActor.loop, station: station, desk: desk)
  }

  func remove() { folder.remove() }
}

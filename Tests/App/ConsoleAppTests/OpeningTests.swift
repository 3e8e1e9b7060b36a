import EventLoop
import Glibc
import MCPProtocol
import Settings
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

/// Giving files and pages to programs of the system.
@LoopActor @Suite(.inTurns) struct OpeningTests {
  private func desk(_ environment: [String: String], _ folder: ScratchFolder) -> StationDesk {
    let settings = Station.Settings(
      client: Implementation(name: "alidade", version: "1"), environment: environment,
      directory: folder.path, stateFolder: nil)
    let places = ConfigPlaces(
      home: folder.path, directory: folder.path, environment: environment)
    return StationDesk(places: places, station: Station(settings, loop: LoopActor.loop))
  }

  @Test func `without a display nothing is opened, and that is said`() {
    let folder = ScratchFolder()
    let desk = desk(["PATH": "/nowhere"], folder)
    for thing in [
      Outside.page("https://h.test/"),
      .file(ResultBlob(mimeType: "image/png", uri: "", bytes: [1])),
    ] {
      #expect(throws: OperationFailure.self) { try desk.open(thing) }
    }
  }

  @Test func `a file is for its owner alone, and goes with the window`() async throws {
    let folder = ScratchFolder()
    chmod(folder.write("#!/bin/sh\nexit 0\n", to: "xdg-open"), 0o755)
    let desk = desk(
      ["PATH": "\(folder.path):/usr/bin:/bin", "DISPLAY": ":9", "XDG_RUNTIME_DIR": folder.path],
      folder)
    let said = try desk.open(
      .file(ResultBlob(mimeType: "audio/wav", uri: "x/../run.sh", bytes: [1, 2, 3])))
    let path = try #require(said.split(separator: " ").dropFirst().first?.dropLast()).description
    #expect(path.hasPrefix(folder.path) && path.hasSuffix("/alidade.wav"))
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600 && facts.st_size == 3)
    await desk.close()
    #expect(access(path, F_OK) != 0)
  }
}

import AuthorizationServer
import EventLoop
import Faults
import TestSupport
import Testing

@testable import Operations

/// A system whose authorization server asks nobody, and whose faults are switched by the test.
@LoopActor
enum FaultyServing {
  static func run(
    _ system: String, in scratch: ScratchFolder,
    _ work: @LoopActor (_ url: String, FaultBoard) async throws -> Void
  ) async throws {
    var wish = ServeWish(system: system, way: .http("127.0.0.1:0"))
    wish.records = .folder(DataFolder(scratch.file("data")))
    wish.authorization = AuthorizationWish()
    wish.authorization?.consent = .auto
    let began = Latch()
    let serving = try await Serving.open(wish)
    let task = EventLoop.task {
      do throws(OperationFailure) {
        try await serving.run { _ in began.set() }
      } catch {
        Issue.record("\(error)")
        began.set()
      }
    }
    await began.wait()
    try await work(serving.demoAddress, serving.faults)
    task.cancel()
    await task.value
  }
}

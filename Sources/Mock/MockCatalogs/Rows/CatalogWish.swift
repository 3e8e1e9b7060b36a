package import EventLoop
package import Faults
package import MockBackend

/// With what a system is to be served.
package struct CatalogWish: Sendable {
  package var world = WorldOptions()
  /// Where the data is asked for; nil has it in this process.
  package var api: RestClient?
  /// On standard input and output, for the program's own user.
  package var isLocal = false
  package var faults: FaultBoard?
  /// What waits for a person's word; in memory without one.
  package var approvals: ApprovalStore?
  package var clock: any LoopClock
  /// Given the desk as soon as there is one, for whoever serves it in another way too.
  package var opened: (@LoopActor (SystemDesk) -> Void)?

  package init(clock: any LoopClock) { self.clock = clock }
}

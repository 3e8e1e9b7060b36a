/// The one thread that owns descriptors, timers and child processes: everything marked `@LoopActor` runs there,
/// one job at a time, between the events of the same epoll loop.
///
/// The program calls `EventLoop.run` on its main thread. Where nobody did, as in tests, the first job starts
/// the loop on a thread of its own, so a test is an `async` function marked `@LoopActor` and nothing more.
@globalActor
package actor LoopActor {
  package static let shared = LoopActor()
  static let executor = LoopExecutor()

  /// The loop behind this actor.
  @LoopActor package static let loop = EventLoop()

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    LoopActor.executor.asUnownedSerialExecutor()
  }

  /// Calls synchronous loop code from the loop's thread, where the compiler cannot see that it is there.
  package nonisolated static func assumeIsolated<T>(
    _ work: @LoopActor () throws -> T
  ) rethrows -> T where T: Sendable {
    executor.checkIsolated()
    typealias Plain = () throws -> T
    // Invariant: it is the same function; only its static isolation goes, checked at run time two lines above.
    return try withoutActuallyEscaping(work) { try unsafeBitCast($0, to: Plain.self)() }
  }
}

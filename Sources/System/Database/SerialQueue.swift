import Dispatch

/// The serial owner of one connection: blocking calls run on a queue of their own, never on the loop.
final class SerialQueue: SerialExecutor {
  private let queue: DispatchQueue

  init(named name: String) { queue = DispatchQueue(label: name) }

  /// Makes a thread that queues share, if none is at rest.
  func begin() { queue.async {} }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

import CLinux
import Glibc

/// Threads with the main thread's stack size, so that deep recursion behaves alike on all of them.
package enum DetachedThread {
  private static let stackBytes = 8 << 20

  /// Starts `body` on a new thread that blocks every asynchronous signal and that nobody joins.
  package static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(ThreadWork(name: name, body: body))
    let code = al_thread_start(stackBytes, runWork, work.toOpaque())
    precondition(code == 0, "no thread can be started: the process is at its limit")
  }

  /// Who goes first where threads want the same core.
  package enum Way: Int32, Sendable {
    case toMost = 6
    case toAll = 19
  }

  /// Has the calling thread give way from here on: what a thread's priority has lost, only a privileged process gets back.
  package static func giveWay(_ way: Way) {
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, way.rawValue)
  }
}

private let runWork: @convention(c) (UnsafeMutableRawPointer) -> Void = { argument in
  let work = Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue()
  al_set_thread_name(work.name)
  work.body()
}

private final class ThreadWork: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

/// A watch of one descriptor; dropping it cancels it.
@LoopActor
package final class FileWatch {
  package let fd: Int32
  let generation: UInt32
  private let loop: EventLoop

  init(fd: Int32, generation: UInt32, loop: EventLoop) {
    self.fd = fd
    self.generation = generation
    self.loop = loop
  }

  isolated deinit { loop.cancel(self) }

  /// What the watch asks for; empty pauses it, hang-ups included.
  package var interest: Readiness {
    get { loop.isLive(self) ? loop.watches[fd]?.interest ?? [] : [] }
    set { loop.change(self, to: newValue) }
  }

  /// Ends the watch; the handler is not called again.
  package func cancel() { loop.cancel(self) }
}

import CLinux
import EventLoop
import Glibc

/// The reading end of a pipe: a few blocks per wake-up, so that a flood delays nobody else.
@LoopActor
final class PipeReader {
  private static let blockBytes = 65_536
  private static let blocksPerTurn = 4
  /// What a pipe can still hold once its writer is dead.
  private static let lastBlocks = 32

  typealias Taken = @LoopActor (UnsafeRawBufferPointer) -> Void

  private var fd: Int32
  private var watch: FileWatch?
  private let block: UnsafeMutableRawPointer
  private let take: Taken
  private let ended: @LoopActor () -> Void

  /// Owns `fd`, which must not block. `ended` is called once, at the end of the stream or at its failure.
  init(
    fd: Int32, take: @escaping Taken, ended: @escaping @LoopActor () -> Void
  ) throws(SystemError) {
    self.fd = fd
    self.take = take
    self.ended = ended
    block = .allocate(byteCount: Self.blockBytes, alignment: 16)
    watch = try LoopActor.loop.watch(fd, for: .read) { [weak self] _ in
      self?.read(blocks: Self.blocksPerTurn)
    }
  }

  isolated deinit {
    close()
    block.deallocate()
  }

  var isOpen: Bool { fd >= 0 }

  /// Reads what is there now, for a writer that has died.
  func drain() { read(blocks: Self.lastBlocks) }

  func close() {
    watch?.cancel()
    watch = nil
    if fd >= 0 { Glibc.close(fd) }
    fd = -1
  }

  private func read(blocks: Int) {
    for _ in 0..<blocks where fd >= 0 {
      let count = Glibc.read(fd, block, Self.blockBytes)
      if count > 0 {
        take(UnsafeRawBufferPointer(start: block, count: count))
        continue
      }
      if count < 0, errno == EINTR || errno == EAGAIN { return }
      close()
      ended()
    }
  }
}

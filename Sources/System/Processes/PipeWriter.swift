import CLinux
package import EventLoop
import Glibc

/// The writing end of a pipe with a bounded queue: it never blocks, and tells when its reader does not read.
@LoopActor
package final class PipeWriter {
  /// What may wait, where it is not a single text: that may be of any size.
  private let limit: Int
  private var fd: Int32
  private var queue: [[UInt8]] = []
  private var offset = 0
  private var watch: FileWatch?
  private let failed: @LoopActor (SystemError) -> Void
  /// Bytes taken and not yet written.
  package private(set) var waitingBytes = 0
  /// What was waiting when the reader went away.
  package private(set) var lostBytes = 0
  private var closesWhenEmpty = false

  /// Owns `fd`, which must not block.
  init(fd: Int32, limit: Int, failed: @escaping @LoopActor (SystemError) -> Void) {
    self.fd = fd
    self.limit = limit
    self.failed = failed
  }

  isolated deinit { close() }

  package var isOpen: Bool { fd >= 0 && !closesWhenEmpty }

  /// Bytes that the reader has not taken: waiting here, or lying in the pipe.
  var unreadBytes: Int { waitingBytes + (fd < 0 ? 0 : max(0, Int(al_pipe_unread(fd)))) }

  /// Takes a text for writing. False, and nothing taken, where too much is waiting already.
  package func write(_ bytes: [UInt8]) -> Bool {
    guard waitingBytes == 0 || waitingBytes + bytes.count <= limit else { return false }
    guard isOpen, !bytes.isEmpty else { return isOpen }
    queue.append(bytes)
    waitingBytes += bytes.count
    if queue.count == 1 { flush() }
    return true
  }

  /// Closes at once; what is waiting is lost.
  package func close() {
    watch?.cancel()
    watch = nil
    if fd >= 0 { Glibc.close(fd) }
    fd = -1
    queue = []
    (offset, waitingBytes) = (0, 0)
  }

  /// Closes as soon as what is waiting is written.
  package func finish() {
    closesWhenEmpty = true
    if queue.isEmpty { close() }
  }

  private func flush() {
    while let head = queue.first, fd >= 0 {
      let written = head.withUnsafeBytes { bytes in
        Glibc.write(fd, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN { return waitForReader() }
        return lost(.current("write"))
      }
      advance(by: written, of: head.count)
    }
    watch?.interest = []
    if closesWhenEmpty { close() }
  }

  private func advance(by written: Int, of size: Int) {
    offset += written
    waitingBytes -= written
    guard offset == size else { return }
    queue.removeFirst()
    offset = 0
  }

  private func waitForReader() {
    if let watch {
      watch.interest = .write
      return
    }
    do {
      watch = try LoopActor.loop.watch(fd, for: .write) { [weak self] _ in self?.flush() }
    } catch {
      lost(error)
    }
  }

  /// Told on a turn of its own: it may be met within a caller's `write`.
  private func lost(_ error: SystemError) {
    lostBytes = waitingBytes
    close()
    Task { failed(error) }
  }
}

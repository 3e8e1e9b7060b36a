package import EventLoop
import Glibc

/// A log on the disk, or standard input, that is read to its end and then on from there.
package final class LogFile: Sendable {
  private let fd: Int32
  private let isOwned: Bool

  package init(path: String) throws(SystemError) {
    fd = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    isOwned = true
    guard fd >= 0 else { throw .current(path) }
    var status = stat()
    guard fstat(fd, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      errno = EISDIR
      throw .current(path)
    }
  }

  package init(descriptor: Int32) {
    fd = descriptor
    isOwned = false
  }

  deinit { if isOwned { close(fd) } }

  /// Reads what is there, up to so many bytes; empty at the end.
  package func read(_ most: Int) throws(SystemError) -> [UInt8] {
    var failure: Int32 = 0
    let block = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = 0
      while count < most, let base = buffer.baseAddress {
        let got = Glibc.read(fd, base + count, most - count)
        if got < 0, errno == EINTR { continue }
        if got < 0, errno != EAGAIN { failure = errno }
        guard got > 0 else { break }
        count += got
        // What comes bit by bit is taken as it comes.
        if !isOwned { break }
      }
    }
    guard failure == 0 else {
      errno = failure
      throw .current("read")
    }
    return block
  }

  /// What it is by the disk, and how long it is now.
  var place: LogPlace? {
    var status = stat()
    guard fstat(fd, &status) == 0 else { return nil }
    return LogPlace(status)
  }

  func seek(_ offset: Int64) { lseek(fd, off_t(offset), SEEK_SET) }
}

/// Tells a file from another of the same name.
struct LogPlace: Sendable, Hashable {
  let device: UInt64
  let inode: UInt64
  let size: Int64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
  }

  /// Nil where nothing is there.
  static func of(_ path: String) -> LogPlace? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return LogPlace(status)
  }

  func isSameFile(as other: LogPlace) -> Bool {
    device == other.device && inode == other.inode
  }
}

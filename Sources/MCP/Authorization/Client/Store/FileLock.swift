import EventLoop
import Glibc

/// A hold on a file's lock, which ends with the value's owner at the latest.
@LoopActor
final class FileLock {
  private let fd: Int32

  private init(_ fd: Int32) { self.fd = fd }

  isolated deinit { close(fd) }

  private static let pause = Duration.milliseconds(20)

  /// Waits for the lock without holding up the loop. The file stays: removing it would race.
  static func take(
    _ name: String, in folder: PrivateFolder, within limit: Duration, on clock: any LoopClock
  ) async throws(AuthorizationFailure) -> FileLock {
    try folder.make()
    let fd = open(
      "\(folder.path)/\(name)", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard fd >= 0 else { throw folder.failure("lock", name) }
    let deadline = clock.now.advanced(by: limit)
    while flock(fd, LOCK_EX | LOCK_NB) != 0 {
      let isTaken = errno == EWOULDBLOCK || errno == EINTR
      guard isTaken, clock.now < deadline, await wait(on: clock) else {
        let failure =
          isTaken
          ? AuthorizationFailure.store("another alidade holds the lock of \(folder.path)/\(name)")
          : folder.failure("lock", name)
        close(fd)
        throw failure
      }
    }
    return FileLock(fd)
  }

  private static func wait(on clock: any LoopClock) async -> Bool {
    do {
      try await clock.sleep(for: pause)
      return true
    } catch {
      return false
    }
  }

  /// Keeps the lock until here.
  func release() { flock(fd, LOCK_UN) }
}

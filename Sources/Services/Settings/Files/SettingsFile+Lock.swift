import Glibc

extension SettingsFile {
  /// Runs while no other process of this program changes that file; waits at most about two seconds.
  package static func withLock<Result>(
    on path: String, _ body: () throws(CatalogError) -> Result
  ) throws(CatalogError) -> Result {
    let descriptor: Int32
    do throws(FileFailure) {
      try makeDirectory(directory(of: path))
      descriptor = try lock(path + ".lock", for: path)
    } catch {
      throw .file(error)
    }
    // The lock goes with the descriptor; the file stays, for removing it would race.
    defer { close(descriptor) }
    return try body()
  }

  private static func lock(_ lockPath: String, for path: String) throws(FileFailure) -> Int32 {
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(.lock, path) }
    for _ in 0..<200 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
      guard errno == EWOULDBLOCK || errno == EINTR else { break }
      usleep(10_000)
    }
    let cause = errno == EWOULDBLOCK ? FileFailure.Cause.lockedTooLong : .system(errno)
    close(descriptor)
    throw FileFailure(step: .lock, path: path, cause: cause)
  }
}

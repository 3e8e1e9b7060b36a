import Glibc

extension CommandContext {
  /// Writes a whole file, for its owner alone where it is nobody else's business.
  func write(
    _ bytes: [UInt8], to name: String, isPrivate: Bool = false
  ) throws(CommandFailure) {
    let descriptor = Glibc.open(
      path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o666)
    guard descriptor >= 0, let stream = fdopen(descriptor, "w") else {
      throw CommandFailure(.usage, "cannot write '\(name)': \(FileProblem(errno: errno).reason)")
    }
    let written = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, written == bytes.count else {
      throw CommandFailure(.usage, "cannot write '\(name)': \(FileProblem(errno: errno).reason)")
    }
  }
}

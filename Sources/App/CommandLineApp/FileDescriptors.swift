import Glibc

extension FileProblem {
  package var reason: String { Self.reason(errno) }

  static func reason(_ number: Int32) -> String {
    switch number {
    case EISDIR: "it is a directory"
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission denied"
    case EFBIG: "it is too big"
    default: strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
  }
}

/// Reading and writing whole byte arrays through descriptors, interrupted calls and full pipes included.
enum Descriptors {
  /// Answers with an error number, 0 when all is written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        wait(for: POLLOUT, on: descriptor)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  static func readAll(
    from descriptor: Int32, atMost limit: Int
  ) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count > 0 {
        // A device may have no end.
        guard bytes.count + count <= limit else { throw FileProblem(errno: EFBIG) }
        bytes += block[..<count]
      } else if errno == EAGAIN {
        wait(for: POLLIN, on: descriptor)
      } else if errno != EINTR {
        throw FileProblem(errno: errno)
      }
    }
  }

  static func readFile(_ path: String, atMost limit: Int) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(errno: errno) }
    defer { close(descriptor) }
    return try readAll(from: descriptor, atMost: limit)
  }

  private static func wait(for events: Int32, on descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    poll(&request, 1, -1)
  }
}

import Glibc

/// Small files read at once, mostly those of /proc; a file that cannot be read is empty.
enum ProcFile {
  static func head(of path: String, atMost limit: Int = 16_384) -> [UInt8] {
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard fd >= 0 else { return [] }
    defer { close(fd) }
    return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < limit, let base = buffer.baseAddress {
        let got = read(fd, base + count, limit - count)
        if got <= 0 { return }
        count += got
      }
    }
  }

  static func text(of path: String, atMost limit: Int = 16_384) -> String {
    String(decoding: head(of: path, atMost: limit), as: UTF8.self)
  }
}

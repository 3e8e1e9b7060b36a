import EventLoop
import Glibc

/// A folder that goes with its owner.
final class TemporaryFolder {
  let path: String
  private var made: [String] = []

  init() throws(SystemError) {
    var template = Array("/tmp/alidade-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .current("mkdtemp") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for name in made.reversed() { remove("\(path)/\(name)") }
    rmdir(path)
  }

  func write(_ name: String, _ text: String, mode: mode_t) throws(SystemError) {
    made.append(name)
    let fd = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard fd >= 0 else { throw .current("open") }
    defer { close(fd) }
    guard Glibc.write(fd, text, text.utf8.count) == text.utf8.count else { throw .current("write") }
  }

  func makeFolder(_ name: String) throws(SystemError) {
    made.append(name)
    guard mkdir("\(path)/\(name)", 0o755) == 0 else { throw .current("mkdir") }
  }
}

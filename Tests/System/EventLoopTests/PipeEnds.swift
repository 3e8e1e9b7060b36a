import CLinux
import EventLoop
import Glibc

/// A pipe whose ends close with it.
final class PipeEnds {
  let reader: Int32
  let writer: Int32
  private var isWriterOpen = true

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard al_pipe(&ends) == 0 else { throw .current("pipe") }
    (reader, writer) = (ends[0], ends[1])
    al_set_nonblocking(reader, 1)
    al_set_nonblocking(writer, 1)
  }

  deinit {
    close(reader)
    closeWriter()
  }

  func closeWriter() {
    if isWriterOpen { close(writer) }
    isWriterOpen = false
  }

  @discardableResult
  func write(_ text: String) -> Int { Glibc.write(writer, text, text.utf8.count) }

  func read() -> String? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(reader, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}

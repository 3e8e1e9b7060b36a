import CLinux
import EventLoop
import Glibc

/// Our ends of a child's three pipes; they do not block and no other child inherits them.
struct OwnPipeEnds {
  var input: Int32
  var output: Int32
  var error: Int32
}

/// The three pipes before the child is there.
struct ChildPipes {
  private(set) var own = OwnPipeEnds(input: -1, output: -1, error: -1)
  private(set) var child = ChildDescriptors(input: -1, output: -1, error: -1)

  /// A pipe as large as the kernel gives without asking: fewer wake-ups for large answers.
  private static let outputCapacity: Int32 = 1 << 20

  init() throws(SystemError) {
    do {
      (child.input, own.input) = try Self.pipe()
      (own.output, child.output) = try Self.pipe()
      (own.error, child.error) = try Self.pipe()
    } catch {
      closeOwn()
      closeChild()
      throw error
    }
    for fd in [own.input, own.output, own.error] { al_set_nonblocking(fd, 1) }
    // Refused where the user's pipes already hold too much; the standard size does as well.
    al_pipe_capacity(own.output, Self.outputCapacity)
  }

  private static func pipe() throws(SystemError) -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard al_pipe(&ends) == 0 else { throw .current("pipe") }
    return (ends[0], ends[1])
  }

  func closeOwn() { Self.close([own.input, own.output, own.error]) }

  func closeChild() { Self.close([child.input, child.output, child.error]) }

  private static func close(_ descriptors: [Int32]) {
    for fd in descriptors where fd >= 0 { Glibc.close(fd) }
  }
}

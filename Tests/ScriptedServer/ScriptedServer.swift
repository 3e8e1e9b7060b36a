package import EventLoop
import Glibc

/// A TCP server on loopback that does to each connection what a test's script says, byte by byte.
@LoopActor
package final class ScriptedServer {
  package typealias Script = @LoopActor (ScriptedConnection) async -> Void

  package let port: Int
  /// Connections accepted so far.
  package private(set) var connections = 0
  private let listener: Int32
  private var watch: FileWatch?

  /// Every connection runs `script` once and is closed behind it.
  package init(_ script: @escaping Script) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK, 0)
    port = try Self.bind(listener)
    watch = try LoopActor.loop.watch(listener, for: .read) { [weak self] _ in
      self?.accept(script)
    }
  }

  isolated deinit { stop() }

  package func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  /// New connections are refused from here on; those that stand run their script to its end.
  package func stop() {
    guard watch != nil else { return }
    watch?.cancel()
    watch = nil
    close(listener)
  }

  private func accept(_ script: @escaping Script) {
    while true {
      let fd = Glibc.accept(listener, nil, nil)
      guard fd >= 0 else { return }
      connections += 1
      let connection = ScriptedConnection(fd, number: connections)
      Task {
        await script(connection)
        connection.close()
      }
    }
  }

  private static func bind(_ fd: Int32) throws -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Glibc.bind(fd, address, size) == 0 && listen(fd, 64) == 0
          ? getsockname(fd, address, &size) : -1
      }
    }
    guard code == 0 else { throw SystemError.current("bind") }
    return Int(address.sin_port.bigEndian)
  }
}

package import EventLoop
import Glibc

/// The server's end of one connection.
@LoopActor
package final class ScriptedConnection {
  /// How TLS begins, which a server of plain HTTP refuses like any other nonsense.
  private static let greetingOfTLS: UInt8 = 0x16
  /// 1 for the server's first connection.
  package let number: Int
  private var fd: Int32
  private var unread: [UInt8] = []
  private var watch: FileWatch?
  private var waiter: CheckedContinuation<Void, Never>?

  init(_ fd: Int32, number: Int) {
    self.fd = fd
    self.number = number
    _ = fcntl(fd, F_SETFL, O_NONBLOCK)
    var on: Int32 = 1
    setsockopt(fd, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  isolated deinit { close() }

  /// The other way round: a client's end of a connection to a server of this machine, to send it any bytes.
  package static func open(toPort port: Int) throws -> ScriptedConnection {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw SystemError.current("connect") }
    return ScriptedConnection(fd, number: 0)
  }

  package var isOpen: Bool { fd >= 0 }

  /// Sends no more, and goes on reading.
  package func endOutput() { shutdown(fd, Int32(SHUT_WR)) }

  /// Everything up to the server's end.
  package func readAll() async -> String {
    var all: [UInt8] = []
    while case let bytes = await read(), !bytes.isEmpty { all += bytes }
    return String(decoding: all, as: UTF8.self)
  }

  /// What comes in until that text is there, or until the end.
  package func read(until text: String) async -> String {
    var all: [UInt8] = []
    while !String(decoding: all, as: UTF8.self).contains(text) {
      let bytes = await read()
      if bytes.isEmpty { break }
      all += bytes
    }
    return String(decoding: all, as: UTF8.self)
  }

  /// The next request with a Content-Length body, or nil where the client has gone.
  package func request() async -> ScriptedRequest? {
    while true {
      if let request = ScriptedRequest(takingFrom: &unread) { return request }
      if unread.first == Self.greetingOfTLS {
        await answer("400 Bad Request")
        return nil
      }
      let bytes = await read()
      if bytes.isEmpty { return nil }
      unread += bytes
    }
  }

  /// What has come in; empty where the client has gone.
  package func read() async -> [UInt8] {
    while fd >= 0 {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(fd, &buffer, buffer.count)
      if count >= 0 { return Array(buffer.prefix(count)) }
      guard errno == EAGAIN else { return [] }
      await ready(for: .read)
    }
    return []
  }

  /// Returns once the client has closed its side.
  package func waitForEnd() async {
    while !(await read()).isEmpty {}
  }

  package func write(_ text: String) async { await write(Array(text.utf8)) }

  package func write(_ bytes: [UInt8]) async {
    var rest = bytes[...]
    while fd >= 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else {
        guard errno == EAGAIN else { return }
        await ready(for: .write)
      }
    }
  }

  /// A whole answer with its length.
  package func answer(
    _ status: String = "200 OK", _ headers: [String] = [], body: String = ""
  ) async {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    await write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// Ends the connection in good order.
  package func close() {
    guard fd >= 0 else { return }
    watch?.cancel()
    watch = nil
    Glibc.close(fd)
    fd = -1
    waiter?.resume()
    waiter = nil
  }

  /// Ends the connection with a RST.
  package func reset() {
    guard fd >= 0 else { return }
    var hard = linger(l_onoff: 1, l_linger: 0)
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  private func ready(for interest: Readiness) async {
    await withCheckedContinuation { continuation in
      waiter = continuation
      do {
        watch = try LoopActor.loop.watch(fd, for: interest) { [weak self] _ in self?.wake() }
      } catch {
        wake()
      }
    }
  }

  private func wake() {
    watch?.cancel()
    watch = nil
    waiter?.resume()
    waiter = nil
  }
}

import CLinux
import EventLoop
import Glibc
import HTTPCore

/// One socket that takes connections, non-blocking.
struct ListeningSocket {
  let fd: Int32
  let port: UInt16
  /// As `127.0.0.1:3000`.
  let text: String

  private static let backlog: Int32 = 4096

  static func open(
    _ host: ListenAddress.Host, port: UInt16
  ) throws(HTTPServerError) -> ListeningSocket {
    let family = if case .ipv4 = host { AF_INET } else { AF_INET6 }
    let fd = socket(family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
    guard fd >= 0 else { throw failure("socket", host.text(port: port)) }
    set(fd, SOL_SOCKET, SO_REUSEADDR)
    if family == AF_INET6 { set(fd, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
    var storage = sockaddr_storage()
    var size = fill(&storage, host, port)
    let bound = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(fd, address, size) == 0 && listen(fd, backlog) == 0
          && getsockname(fd, address, &size) == 0
      }
    }
    guard bound else {
      let error = failure("bind", host.text(port: port))
      close(fd)
      throw error
    }
    let port = portOf(storage)
    return ListeningSocket(fd: fd, port: port, text: host.text(port: port))
  }

  private static func failure(_ call: String, _ address: String) -> HTTPServerError {
    let error = SystemError.current(call)
    switch error.code {
    case EADDRINUSE: return .inUse(address)
    case EACCES, EPERM: return .notAllowed(address)
    case EADDRNOTAVAIL, EAFNOSUPPORT: return .notHere(address)
    default: return .failed(address, error)
    }
  }

  static func set(_ fd: Int32, _ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    setsockopt(fd, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  // MARK: - Addresses

  private static func fill(
    _ storage: inout sockaddr_storage, _ host: ListenAddress.Host, _ port: UInt16
  ) -> socklen_t {
    withUnsafeMutableBytes(of: &storage) { bytes in
      switch host {
      case .ipv4(let address):
        var value = sockaddr_in()
        value.sin_family = sa_family_t(AF_INET)
        value.sin_port = port.bigEndian
        value.sin_addr.s_addr = address.bits.bigEndian
        withUnsafeBytes(of: value) { bytes.copyMemory(from: $0) }
        return socklen_t(MemoryLayout<sockaddr_in>.size)
      case .ipv6(let address):
        var value = sockaddr_in6()
        value.sin6_family = sa_family_t(AF_INET6)
        value.sin6_port = port.bigEndian
        let octets = address.groups.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        withUnsafeMutableBytes(of: &value.sin6_addr) { $0.copyBytes(from: octets) }
        withUnsafeBytes(of: value) { bytes.copyMemory(from: $0) }
        return socklen_t(MemoryLayout<sockaddr_in6>.size)
      }
    }
  }

  private static func portOf(_ storage: sockaddr_storage) -> UInt16 {
    withUnsafeBytes(of: storage) { bytes in
      UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
  }

  /// The client's address of a connection, empty where it has gone already.
  static func peer(of fd: Int32) -> String {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(fd, $0, &size) }
    }
    guard code == 0 else { return "" }
    return withUnsafeBytes(of: storage) { bytes in
      if Int32(storage.ss_family) == AF_INET {
        let bits = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        return IPv4Address(bits: UInt32(bigEndian: bits)).description
      }
      let groups = (0..<8).map { index in
        UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 + 2 * index, as: UInt16.self))
      }
      let text = groups.map { String($0, radix: 16) }.joined(separator: ":")
      return IPv6Address(text)?.description ?? text
    }
  }
}

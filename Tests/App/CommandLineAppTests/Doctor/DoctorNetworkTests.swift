import CommandLineApp
import EventLoop
import Glibc
import ScriptedServer
import TestSupport
import Testing

/// Ways that lead to no server, or to none that speaks HTTP as it should.
@LoopActor
@Suite(.inTurns) struct DoctorNetworkTests {
  /// Nothing of theirs needs a server.
  nonisolated static let nowhere: [DoctorRow] = [
    DoctorRow(
      "an unknown host", "dns-not-found", "no-such-host.invalid", "spelling",
      words: ["http://no-such-host.invalid/mcp"]),
    DoctorRow(
      "a way that there is not", "tcp-unreachable", "VPN", words: ["http://255.255.255.255:9/mcp"]),
    DoctorRow(
      "nothing that listens", "tcp-refused", "127.0.0.1:1", "its port published",
      words: ["http://127.0.0.1:1/mcp"]),
  ]

  @Test(arguments: nowhere.indices)
  func `a way that leads nowhere is known by its layer`(index: Int) async throws {
    try await Self.nowhere[index].check(#_sourceLocation)
  }

  /// By the bytes that come back on every request.
  nonisolated static let raw: [(row: DoctorRow, bytes: String)] = [
    (DoctorRow("another service", "http-not-http", "something else"), "SSH-2.0-x\r\n\r\n"),
    (DoctorRow("a hang-up", "http-lost", "look at its log"), ""),
    (
      DoctorRow("an answer that is cut", "http-cut", "load balancer"),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
    ),
    (
      DoctorRow("a header beyond all measure", "http-head-too-large", "header"),
      "HTTP/1.1 200 OK\r\nX: \(String(repeating: "y", count: 400_000))\r\n\r\n"
    ),
    (
      DoctorRow("compression that is broken", "http-undecodable", "compression"),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
    ),
    (
      DoctorRow("bytes that are no text", "not-mcp-answer", "application/octet-stream"),
      "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 4\r\n\r\n\u{1}\u{2}\u{3}\u{4}"
    ),
  ]

  @Test(arguments: raw.indices)
  func `bytes that are no answer are known by what they are`(index: Int) async throws {
    let (row, bytes) = Self.raw[index]
    let server = try OddServer { _ in .raw(bytes) }
    try await row.check(at: server.url, #_sourceLocation)
  }

  nonisolated static let slow: [DoctorRow] = [
    DoctorRow(
      "silence", "no-answer", code: .timedOut, "--timeout", words: ["HERE", "--timeout", "0.3"]),
    DoctorRow(
      "silence where TLS is awaited", "tls-silent", "plain http",
      words: ["TLSHERE", "--timeout", "4"]),
  ]

  @Test(arguments: slow.indices) func `silence has an end and a finding`(index: Int) async throws {
    let server = try ScriptedServer { connection in
      while !(await connection.read()).isEmpty {}
    }
    var row = Self.slow[index]
    let secure = server.url("/mcp").replacing("http:", with: "https:")
    row.words = row.words.map { $0.replacing("TLSHERE", with: secure) }
    try await row.check(at: server.url("/mcp"), #_sourceLocation)
  }

  @Test func `an answer that drips byte by byte has an end and a finding`() async throws {
    let server = try ScriptedServer { connection in
      guard await connection.request() != nil else { return }
      await connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
      // Slower than anybody waits for, and never silent.
      while !Task.isCancelled {
        await connection.write(" ")
        guard (try? await ContinuousClock().sleep(for: .milliseconds(20))) != nil else { return }
      }
    }
    try await Self.dripping.check(at: server.url("/mcp"), #_sourceLocation)
  }

  nonisolated static let swallowed = DoctorRow(
    "packets that are swallowed", "tcp-timeout", code: .timedOut, "firewall",
    words: ["HERE", "--timeout", "2"])

  @Test func `a door that nobody opens has an end and a finding`() async throws {
    let door = try FullDoor()
    try await Self.swallowed.check(at: "http://127.0.0.1:\(door.port)/mcp", #_sourceLocation)
  }

  nonisolated static let flood = DoctorRow("an answer without end", "http-too-large", "floods")

  @Test func `an answer without end has an end and a finding`() async throws {
    let block = [UInt8](repeating: 0x20, count: 1 << 20)
    let server = try ScriptedServer { connection in
      guard await connection.request() != nil else { return }
      await connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
      for _ in 0..<1024 where connection.isOpen { await connection.write(block) }
    }
    try await Self.flood.check(at: server.url("/mcp"), #_sourceLocation)
  }

  nonisolated static let dripping = DoctorRow(
    "an answer that drips", "no-answer", code: .timedOut, "--timeout",
    words: ["HERE", "--timeout", "0.3"])

  @Test func `a proxy in the way is told apart from the server`() async throws {
    let proxy = try OddServer { _ in .status("407 Proxy Authentication Required") }
    let address = proxy.url.replacing("/mcp", with: "")
    for (row, environment) in [
      (Self.proxies[0], ["HTTPS_PROXY": address]),
      (Self.proxies[1], ["HTTPS_PROXY": "http://no-such-proxy.invalid:3128"]),
    ] {
      try await row.check(environment: environment, #_sourceLocation)
    }
  }

  nonisolated static let proxies = [
    DoctorRow(
      "a proxy that wants credentials", "proxy-refused", "NO_PROXY",
      words: ["https://server.example/mcp"]),
    DoctorRow(
      "a proxy that is not there", "proxy-dns", "HTTPS_PROXY",
      words: ["https://server.example/mcp"]),
  ]

  nonisolated static let rows =
    nowhere + raw.map(\.row) + slow + [dripping, swallowed, flood] + proxies
}

/// Listens, takes nobody in, and has no room left for who waits: the system drops what comes.
private final class FullDoor {
  let port: Int
  private let listener: Int32
  private var waiting: [Int32] = []

  init() throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(listener, $0, size) == 0 && listen(listener, 0) == 0
          ? getsockname(listener, $0, &size) : -1
      }
    }
    guard code == 0 else { throw SystemError.current("listen") }
    port = Int(UInt16(bigEndian: address.sin_port))
    // The kernel lets a visitor in a moment after it has knocked: the door is full once one is left outside.
    for _ in 0..<8 {
      let visitor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = fcntl(visitor, F_SETFL, O_NONBLOCK)
      _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(visitor, $0, size) }
      }
      waiting.append(visitor)
      var look = pollfd(fd: visitor, events: Int16(POLLOUT), revents: 0)
      if poll(&look, 1, 200) == 0 { return }
    }
  }

  deinit { for descriptor in waiting + [listener] { close(descriptor) } }
}

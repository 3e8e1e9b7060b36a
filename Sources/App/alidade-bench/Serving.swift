import EventLoop
import Glibc

/// Runs the trivial server until its client or the bench ends it.
func serve(_ words: [String]) -> Bool {
  let numbers = words.dropFirst().map { Int($0) ?? 0 }
  let server = TrivialServer(
    tools: numbers.first ?? 2, bigBytes: numbers.count > 1 ? numbers[1] : 0)
  switch words.first {
  case "stdio":
    serveLines(server)
    return true
  case "http": return serveHTTP(server)
  default: return false
  }
}

private func serveLines(_ server: TrivialServer) {
  var reader = BlockReader(STDIN_FILENO)
  while let line = reader.upTo([0x0A]) {
    if let answer = server.answer(to: line) { send(answer + [[0x0A]], to: STDOUT_FILENO) }
  }
}

/// Writes its port on one line; a thread a connection, for nothing is simpler and faster with so few.
private func serveHTTP(_ server: TrivialServer) -> Bool {
  signal(SIGPIPE, SIG_IGN)
  let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let port = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain -> UInt16? in
      guard bind(listener, plain, size) == 0, listen(listener, 64) == 0,
        getsockname(listener, plain, &size) == 0
      else { return nil }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
  }
  guard let port else { return false }
  writeAll(Array("\(port)\n".utf8), to: STDOUT_FILENO)
  while true {
    let connection = accept(listener, nil, nil)
    guard connection >= 0 else { return false }
    DetachedThread.start(named: "connection") { serve(connection, server) }
  }
}

private func serve(_ connection: Int32, _ server: TrivialServer) {
  defer { close(connection) }
  var one: Int32 = 1
  setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
  var reader = BlockReader(connection)
  while let head = reader.upTo([0x0D, 0x0A, 0x0D, 0x0A]) {
    let text = String(decoding: head, as: UTF8.self).lowercased()
    let length = text.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
    let body = reader.take(length ?? 0)
    guard text.hasPrefix("post") else {
      send([Array("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n".utf8)], to: connection)
      continue
    }
    guard let answer = server.answer(to: body) else {
      send([Array("HTTP/1.1 202 Taken\r\nContent-Length: 0\r\n\r\n".utf8)], to: connection)
      continue
    }
    let size = answer.reduce(0) { $0 + $1.count }
    let start =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(size)\r\n\r\n"
    send([Array(start.utf8)] + answer, to: connection)
  }
}

// MARK: - Bytes

/// Small pieces go out as one write, so that no packet waits for another.
private func send(_ pieces: [[UInt8]], to descriptor: Int32) {
  var small: [UInt8] = []
  for piece in pieces {
    if small.count + piece.count < 1 << 16 {
      small += piece
    } else {
      writeAll(small, to: descriptor)
      small = []
      writeAll(piece, to: descriptor)
    }
  }
  writeAll(small, to: descriptor)
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return }
    rest = rest.dropFirst(count)
  }
}

/// Reads a descriptor to marks or by counts.
private struct BlockReader {
  private let descriptor: Int32
  private var waiting: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// What stands before the mark, which is dropped; nil at the end.
  mutating func upTo(_ mark: [UInt8]) -> [UInt8]? {
    var searched = 0
    while true {
      if let found = find(mark, from: max(0, searched - mark.count)) {
        defer { waiting.removeFirst(found + mark.count) }
        return Array(waiting[..<found])
      }
      searched = waiting.count
      guard more() else { return nil }
    }
  }

  mutating func take(_ count: Int) -> [UInt8] {
    while waiting.count < count, more() {}
    defer { waiting.removeFirst(min(count, waiting.count)) }
    return Array(waiting.prefix(count))
  }

  private func find(_ mark: [UInt8], from start: Int) -> Int? {
    guard let first = mark.first else { return nil }
    var start = start
    while let found = waiting[start...].firstIndex(of: first) {
      if waiting[found...].starts(with: mark) { return found }
      start = found + 1
    }
    return nil
  }

  private mutating func more() -> Bool {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &block, block.count)
    guard count > 0 else { return false }
    waiting += block[..<count]
    return true
  }
}

import Glibc

/// A connection to a message bus that waits for each answer, a limited time in all. For a thread that may wait.
struct BusConnection: ~Copyable {
  private let fd: Int32
  private let deadline: Int64
  private var lastSerial: UInt32 = 0

  deinit { close(fd) }

  init(_ address: BusAddress, within milliseconds: Int64) throws(KeyringError) {
    deadline = Self.now + milliseconds
    fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard fd >= 0, Self.connect(fd, address) else { throw .noBus }
    var limit = timeval(tv_sec: Int(milliseconds / 1000) + 1, tv_usec: 0)
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    try introduce()
  }

  private static func connect(_ fd: Int32, _ address: BusAddress) -> Bool {
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: place.sun_path)
    guard address.name.count < room else { return false }
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: address.name) }
    // The name of an abstract socket has no end but its length.
    let end = address.name.first == 0 ? 0 : 1
    let size = MemoryLayout<sa_family_t>.size + address.name.count + end
    return withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(fd, $0, socklen_t(size)) == 0
      }
    }
  }

  /// The bus takes us for the user that the kernel says we are.
  private mutating func introduce() throws(KeyringError) {
    let user = String(geteuid()).utf8.map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    try send([0] + Array("AUTH EXTERNAL \(user.joined())\r\n".utf8))
    guard try line().hasPrefix("OK ") else { throw .noBus }
    try send(Array("BEGIN\r\n".utf8))
    _ = try call(
      BusCall("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello"))
  }

  private func line() throws(KeyringError) -> String {
    var text: [UInt8] = []
    while text.last != UInt8(ascii: "\n") {
      guard text.count < 1024 else { throw .noBus }
      text += try receive(1)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What the answer holds. Signals in between are passed over.
  mutating func call(_ call: BusCall) throws(KeyringError) -> [BusValue] {
    lastSerial += 1
    try send(call.message(lastSerial).written)
    while true {
      let head = try receive(BusMessage.headSize)
      guard let size = BusMessage.size(ofHead: head) else { throw .garbled }
      let rest = try receive(size - head.count)
      guard let message = BusMessage(head + rest) else { throw .garbled }
      guard message.answers == lastSerial else { continue }
      guard message.kind == .answer else { throw .refused(message.errorName ?? "an error") }
      return message.body
    }
  }

  // MARK: - Bytes

  private func send(_ bytes: [UInt8]) throws(KeyringError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw .noAnswer }
    }
  }

  private func receive(_ count: Int) throws(KeyringError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      try waitForMore()
      let read = bytes.withUnsafeMutableBytes {
        Glibc.read(fd, $0.baseAddress.map { $0 + filled }, count - filled)
      }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { throw .noAnswer }
      filled += read
    }
    return bytes
  }

  private func waitForMore() throws(KeyringError) {
    while true {
      let left = deadline - Self.now
      guard left > 0 else { throw .noAnswer }
      var wanted = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
      let count = poll(&wanted, 1, Int32(clamping: left))
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw .noAnswer }
    }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// A method of an object on the bus, with what it is given.
struct BusCall: Sendable {
  let destination: String
  let path: String
  let interface: String
  let member: String
  let arguments: [BusValue]

  init(
    _ destination: String, _ path: String, _ interface: String, _ member: String,
    arguments: [BusValue] = []
  ) {
    self.destination = destination
    self.path = path
    self.interface = interface
    self.member = member
    self.arguments = arguments
  }

  func message(_ serial: UInt32) -> BusMessage {
    var message = BusMessage(.call, serial: serial)
    message.destination = destination
    message.path = path
    message.interface = interface
    message.member = member
    message.body = arguments
    return message
  }
}

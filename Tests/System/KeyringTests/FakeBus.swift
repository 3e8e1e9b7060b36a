import EventLoop
import Glibc
import Synchronization
import TestSupport

@testable import Keyring

/// A message bus with a Secret Service on it, in a thread of its own.
final class FakeBus: Sendable {
  struct State: Sendable {
    var items: [(attributes: [BusValue], secret: [UInt8])] = []
    var isLocked = false
    /// What comes in the place of every answer.
    var garbage: [UInt8]?
    /// The error of every call but the first.
    var error: String?
    var calls: [String] = []
  }

  let state: Mutex<State>
  let folder = ScratchFolder()
  private let listener: Int32

  init(_ state: State = State()) {
    self.state = Mutex(state)
    let path = Array(folder.file("bus").utf8)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: path) }
    let listener = listener
    withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    listen(listener, 8)
    DetachedThread.start(named: "fake bus") { [weak self] in
      while true {
        let fd = accept(listener, nil, nil)
        guard fd >= 0 else { break }
        DetachedThread.start(named: "fake bus guest") { [weak self] in
          self?.serve(fd)
          close(fd)
        }
      }
      close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  var environment: [String: String] {
    ["DBUS_SESSION_BUS_ADDRESS": "unix:path=\(folder.file("bus")),guid=1"]
  }

  private func serve(_ fd: Int32) {
    var greeting: [UInt8] = []
    while !greeting.contains(UInt8(ascii: "\n")), let byte = read(fd, 1) { greeting += byte }
    send(fd, Array("OK 0123\r\n".utf8))
    guard read(fd, "BEGIN\r\n".utf8.count) != nil else { return }
    while let head = read(fd, BusMessage.headSize), let size = BusMessage.size(ofHead: head),
      let rest = read(fd, size - head.count), let call = BusMessage(head + rest)
    {
      // A signal comes between a call and its answer, as on a real bus.
      var signal = BusMessage(.signal, serial: 1)
      (signal.path, signal.interface, signal.member) = ("/", "a.b", "Noise")
      signal.body = [.text("x"), .texts([("a", "b")])]
      send(fd, signal.written)
      if let garbage = state.withLock({ $0.garbage }) {
        send(fd, garbage)
        return
      }
      send(fd, answer(call).written)
    }
  }

  private func read(_ fd: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = bytes.withUnsafeMutableBytes {
        Glibc.read(fd, $0.baseAddress.map { $0 + filled }, count - filled)
      }
      guard more > 0 else { return nil }
      filled += more
    }
    return bytes
  }

  private func send(_ fd: Int32, _ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes {
      Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
  }

  // MARK: - The service

  private func answer(_ call: BusMessage) -> BusMessage {
    state.withLock { state in
      state.calls.append(call.member ?? "")
      let body = call.member == "Hello" ? [.text(":1.1")] : content(call, &state)
      var answer = BusMessage(body == nil ? .error : .answer, serial: 2)
      answer.answers = call.serial
      answer.errorName = body == nil ? state.error ?? "org.example.Unknown" : nil
      answer.body = body ?? []
      return answer
    }
  }

  private func content(_ call: BusMessage, _ state: inout State) -> [BusValue]? {
    guard state.error == nil else { return nil }
    switch call.member {
    case "OpenSession": return [.variant(.text("")), .path("/session/1")]
    case "SearchItems":
      let found = state.items.indices.filter { state.items[$0].attributes == call.body[0].elements }
      let paths = BusValue.array(of: "o", found.map { .path("/item/\($0)") })
      let none = BusValue.array(of: "o", [])
      return state.isLocked ? [none, paths] : [paths, none]
    case "Unlock":
      return state.isLocked ? [.array(of: "o", []), .path("/prompt")] : [call.body[0], .path("/")]
    case "GetSecret":
      let place = Int(call.path?.split(separator: "/").last ?? "") ?? 0
      return [
        .structure([
          .path("/session/1"), .bytes([]), .bytes(state.items[place].secret), .text("text/plain"),
        ])
      ]
    case "CreateItem":
      guard case .pair(_, .variant(let attributes)) = call.body[0].elements[1] else { return nil }
      state.items.append((attributes.elements, call.body[1].elements[2].bytes))
      return [.path("/item/\(state.items.count - 1)"), .path("/")]
    default: return nil
    }
  }
}

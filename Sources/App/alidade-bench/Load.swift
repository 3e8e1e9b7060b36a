import Glibc
import JSON

/// Sends one request again and again on kept connections, as fast as answers come or at a rate; prints how many
/// answers came a second and how long they took.
func measureLoad(_ words: [String]) -> Bool {
  guard words.count >= 4, let port = UInt16(words[0]), let request = contents(of: words[1]),
    let count = Int(words[2]), let seconds = Double(words[3])
  else { return false }
  var load = Load(request, rate: words.count > 4 ? Double(words[4]) : nil)
  guard load.connect(count, to: port), load.run(for: seconds) else { return false }
  print(load.report.compact)
  return true
}

private struct Load {
  private struct Connection {
    let descriptor: Int32
    var began = 0.0
    var missing = 0
    var isBusy = false
  }

  private let request: [UInt8]
  /// Requests a second over all connections; nil for the next one as soon as an answer is there.
  private let rate: Double?
  private var connections: [Connection] = []
  private var times: [Double] = []
  private var elapsed = 0.0
  private var refused = 0
  private var block = [UInt8](repeating: 0, count: 1 << 16)

  init(_ request: [UInt8], rate: Double?) {
    self.request = request
    self.rate = rate
  }

  mutating func connect(_ count: Int, to port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    for _ in 0..<count {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var one: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
      let isConnected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      guard isConnected else { return false }
      connections.append(Connection(descriptor: descriptor))
    }
    return true
  }

  mutating func run(for seconds: Double) -> Bool {
    let start = now(), end = start + seconds
    var due = start
    while now() < end {
      due = sendDue(due)
      guard answers(until: rate == nil ? end : min(end, due)) else { return false }
    }
    elapsed = now() - start
    return !times.isEmpty
  }

  /// Sends on every free connection what is due; a request that finds none free waits, and its time runs.
  private mutating func sendDue(_ due: Double) -> Double {
    var due = due
    for index in connections.indices where !connections[index].isBusy {
      let time = now()
      guard rate == nil || due <= time else { break }
      connections[index].began = rate == nil ? time : due
      connections[index].isBusy = true
      connections[index].missing = -1
      _ = request.withUnsafeBytes { write(connections[index].descriptor, $0.baseAddress, $0.count) }
      if let rate { due += 1 / rate }
    }
    return due
  }

  private mutating func answers(until time: Double) -> Bool {
    var polls = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    let wait = Int32((max(0, time - now()) * 1000).rounded(.up))
    guard poll(&polls, nfds_t(polls.count), wait) >= 0 else { return false }
    for index in polls.indices where polls[index].revents != 0 {
      guard receive(index) else { return false }
    }
    return true
  }

  private mutating func receive(_ index: Int) -> Bool {
    let count = read(connections[index].descriptor, &block, block.count)
    guard count > 0 else { return false }
    if connections[index].missing < 0 {
      guard let length = lengthOfAnswer(count) else { return false }
      connections[index].missing = length
      if !block.starts(with: "HTTP/1.1 200".utf8) { refused += 1 }
    }
    connections[index].missing -= count
    guard connections[index].missing <= 0 else { return true }
    connections[index].isBusy = false
    times.append(now() - connections[index].began)
    return true
  }

  /// Head and body, of an answer whose head has come as a whole.
  private func lengthOfAnswer(_ count: Int) -> Int? {
    let name = Array("content-length:".utf8)
    var start = 0, length: Int?
    for at in 0..<count where block[at] == 0x0A {
      let line = block[start..<at]
      if line.count <= 1 { return length.map { at + 1 + $0 } }
      if line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        length = line.dropFirst(name.count).reduce(0) {
          (0x30...0x39).contains($1) ? $0 * 10 + Int($1 - 0x30) : $0
        }
      }
      start = at + 1
    }
    return nil
  }

  var report: JSON {
    let sorted = times.sorted()
    let part = { (share: Double) in
      JSON.number(JSONNumber(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]))
    }
    return [
      "rate": .number(JSONNumber(Double(times.count) / elapsed)), "p50": part(0.5),
      "p99": part(0.99), "worst": part(1), "refused": .number(JSONNumber(refused)),
    ]
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

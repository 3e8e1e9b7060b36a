import CLinux
package import EventLoop
import Glibc
import HTTPCore

/// An HTTP/1.1 server in the loop: connections, limits and an orderly end; what to answer is the handler's.
@LoopActor
package final class HTTPServer {
  /// Called once a request is whole. It answers through the responder, at once or later.
  package typealias Handler = @LoopActor (HTTPServerRequest, HTTPResponder) -> Void

  package let limits: HTTPServerLimits
  /// Where it listens, as `127.0.0.1:3000`; ports are those that were given.
  package let addresses: [String]
  package let port: UInt16
  /// Nothing new is begun any more.
  package private(set) var isDraining = false
  /// Requests that were handed to the handler.
  package var requests = 0

  let handler: Handler
  /// Who it is to clients over TLS; without it HTTP is plain.
  let identity: TLSIdentity?
  let clock: any LoopClock
  var connections: [Int32: HTTPServerConnection] = [:]
  /// How many of them each address has.
  private var peers: [String: Int] = [:]
  var sweep: LoopTimer?
  var sweepAt = LoopInstant.distantFuture
  private var dateLine = (second: Int64.min, text: "")
  private var listeners: [(socket: ListeningSocket, watch: FileWatch?)] = []
  private var acceptPause: LoopTimer?
  private let emptied = Latch()

  /// All connections read into this one block: what is read is taken over before the next read.
  let readBlock = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)

  /// Starts to listen. Where a host has several addresses the first one must be had, the others may be missing.
  package static func start(
    listen address: ListenAddress, limits: HTTPServerLimits = HTTPServerLimits(),
    identity: TLSIdentity? = nil, clock: (any LoopClock)? = nil, handler: @escaping Handler
  ) throws(HTTPServerError) -> HTTPServer {
    let sockets = try open(address)
    let server = HTTPServer(
      sockets, limits: limits, identity: identity, clock: clock ?? LoopActor.loop.clock,
      handler: handler)
    do throws(SystemError) {
      try server.watchListeners()
    } catch {
      server.stop()
      throw .failed(sockets[0].text, error)
    }
    return server
  }

  private static func open(_ address: ListenAddress) throws(HTTPServerError) -> [ListeningSocket] {
    var sockets: [ListeningSocket] = []
    do throws(HTTPServerError) {
      for host in address.hosts {
        do throws(HTTPServerError) {
          sockets.append(try ListeningSocket.open(host, port: sockets.first?.port ?? address.port))
        } catch {
          // A machine without IPv6, or a free port that is taken on the other address.
          if case .notHere = error, host != address.hosts.last || !sockets.isEmpty { continue }
          if case .inUse = error, address.port == 0, !sockets.isEmpty { continue }
          throw error
        }
      }
    } catch {
      for socket in sockets { close(socket.fd) }
      throw error
    }
    return sockets
  }

  private init(
    _ sockets: [ListeningSocket], limits: HTTPServerLimits, identity: TLSIdentity?,
    clock: any LoopClock, handler: @escaping Handler
  ) {
    self.limits = limits
    self.identity = identity
    self.clock = clock
    self.handler = handler
    addresses = sockets.map(\.text)
    port = sockets.first?.port ?? 0
    listeners = sockets.map { ($0, nil) }
    raiseDescriptorLimit(to: limits.connections + 256)
  }

  isolated deinit {
    stop()
    readBlock.deallocate()
  }

  // MARK: - Connections

  private static let acceptsPerTurn = 64
  private static let pauseWithoutDescriptors = Duration.milliseconds(200)

  private func watchListeners() throws(SystemError) {
    for index in listeners.indices {
      let socket = listeners[index].socket
      listeners[index].watch = try LoopActor.loop.watch(socket.fd, for: .read) {
        [unowned self] _ in accept(from: socket.fd)
      }
    }
  }

  private func accept(from listener: Int32) {
    for _ in 0..<Self.acceptsPerTurn {
      let fd = al_accept(listener)
      guard fd >= 0 else {
        if errno == EMFILE || errno == ENFILE || errno == ENOMEM { pauseAccepting() }
        return
      }
      take(fd)
    }
  }

  private func take(_ fd: Int32) {
    ListeningSocket.set(fd, Int32(IPPROTO_TCP), TCP_NODELAY)
    let peer = ListeningSocket.peer(of: fd)
    guard connections.count < limits.connections,
      peers[peer, default: 0] < limits.connectionsPerPeer
    else { return turnAway(fd) }
    guard let connection = HTTPServerConnection(fd, from: peer, server: self) else {
      close(fd)
      return
    }
    peers[peer, default: 0] += 1
    connections[fd] = connection
    connection.start()
  }

  /// One short answer that cannot block, and an end.
  private func turnAway(_ fd: Int32) {
    // Over TLS the shaking of hands would be waited for.
    guard identity == nil else {
      close(fd)
      return
    }
    let answer =
      "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    _ = send(fd, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
    close(fd)
  }

  /// Without descriptors the listener stays ready: looking again at once would spin.
  private func pauseAccepting() {
    for listener in listeners { listener.watch?.interest = [] }
    acceptPause = clock.timer(after: Self.pauseWithoutDescriptors) { [unowned self] in
      for listener in listeners { listener.watch?.interest = .read }
    }
  }

  func ended(_ connection: HTTPServerConnection) {
    guard connections[connection.fd] === connection else { return }
    connections[connection.fd] = nil
    let left = peers[connection.peer, default: 1] - 1
    peers[connection.peer] = left > 0 ? left : nil
    if connections.isEmpty, isDraining { emptied.set() }
  }

  package var connectionCount: Int { connections.count }

  /// The Date header's text, made once a second.
  func date() -> String {
    let second = clock.wallTime.microseconds / 1_000_000
    if second != dateLine.second {
      dateLine = (second, HTTPDate.text(secondsSince1970: second))
    }
    return dateLine.text
  }

  // MARK: - End

  /// Takes no new connections, closes the idle ones, lets requests under way end within the limit, then cuts.
  /// An event stream is under way until its owner finishes it.
  package func drain(deadline limit: Duration) async {
    isDraining = true
    stopListening()
    for connection in Array(connections.values) { connection.closeWhenIdle() }
    if !connections.isEmpty { _ = await emptied.wait(within: limit, on: clock) }
    stop()
  }

  /// Closes everything at once.
  package func stop() {
    isDraining = true
    stopListening()
    for connection in Array(connections.values) { connection.close() }
    sweep = nil
  }

  private func stopListening() {
    acceptPause = nil
    for listener in listeners {
      listener.watch?.cancel()
      close(listener.socket.fd)
    }
    listeners = []
  }
}

/// The soft limit of open files is 1024 on most machines, far below what the hard one allows.
private func raiseDescriptorLimit(to wanted: Int) {
  var limit = rlimit()
  let files = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
  guard getrlimit(files, &limit) == 0, limit.rlim_cur < UInt(wanted) else { return }
  limit.rlim_cur = min(UInt(wanted), limit.rlim_max)
  _ = setrlimit(files, &limit)
}

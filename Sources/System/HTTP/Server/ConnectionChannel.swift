import CTLS
import EventLoop
import Glibc

/// Moves the bytes of one connection: as they are, or through TLS.
@LoopActor
final class ConnectionChannel {
  /// What came of an attempt to move bytes.
  enum Step {
    case moved(Int)
    /// The other side sends nothing more.
    case ended
    case waits
    /// TLS has words of its own to send before it can go on.
    case waitsForWriting
    case failed
  }

  private let fd: Int32
  private let session: OpaquePointer?

  /// Without an identity bytes go as they are; nil where there is no memory for TLS.
  init?(_ fd: Int32, _ identity: TLSIdentity?) {
    self.fd = fd
    guard let identity else {
      session = nil
      return
    }
    session = ctls_session_make(identity.context, fd)
    if session == nil { return nil }
  }

  isolated deinit { if let session { ctls_session_free(session) } }

  func receive(into block: UnsafeMutableRawBufferPointer) -> Step {
    guard let session else { return step(recv(fd, block.baseAddress, block.count, 0)) }
    guard let start = block.baseAddress else { return .failed }
    return tlsStep(ctls_read(session, start, block.count))
  }

  /// Sends the first of them; `next` may go along in the same call.
  func send(_ bytes: UnsafeRawBufferPointer, _ next: UnsafeRawBufferPointer?) -> Step {
    if let session {
      guard let start = bytes.baseAddress else { return .failed }
      return tlsStep(ctls_write(session, start, bytes.count))
    }
    guard let next else {
      return step(Glibc.send(fd, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
    }
    var vectors = (Self.vector(bytes), Self.vector(next))
    return withUnsafePointer(to: &vectors) { pair in
      pair.withMemoryRebound(to: iovec.self, capacity: 2) { step(writev(fd, $0, 2)) }
    }
  }

  /// Nothing more will be sent.
  func endOutput() {
    if let session { ctls_say_end(session) }
    shutdown(fd, Int32(SHUT_WR))
  }

  private static func vector(_ bytes: UnsafeRawBufferPointer) -> iovec {
    iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
  }

  private func step(_ count: Int) -> Step {
    if count > 0 { return .moved(count) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EINTR ? .waits : .failed
  }

  private func tlsStep(_ count: Int) -> Step {
    switch count {
    case 1...: .moved(count)
    case CTLS_ENDED: .ended
    case CTLS_WANTS_READ: .waits
    case CTLS_WANTS_WRITE: .waitsForWriting
    default: .failed
    }
  }
}

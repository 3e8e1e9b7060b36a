package import EventLoop
import Glibc
import JSON

/// Serves one client on two descriptors, a message a line: standard input and output, or a pair like them.
@LoopActor
package final class StdioServer {
  private let input: Int32
  private let output: Int32
  private let outputFlags: Int32
  private var link: ServerLink?
  private var lines = LineSplitter()
  private var inputWatch: FileWatch?
  private var outputWatch: FileWatch?
  private var queue: [[UInt8]] = []
  private var offset = 0
  private var waitingBytes = 0
  private let ended = Latch()
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  /// While a client takes nothing of more than this, nothing more is read from it.
  private static let waitingLimit = 4 << 20

  package init(_ server: Server, caller: Caller, input: Int32 = 0, output: Int32 = 1) {
    self.input = input
    self.output = output
    outputFlags = fcntl(output, F_GETFL)
    link = ServerLink(
      server, caller: caller, isCongested: { [weak self] in self?.isCongested ?? true },
      write: { [weak self] in self?.write($0) })
  }

  private var isCongested: Bool { waitingBytes > Self.waitingLimit }

  isolated deinit { block.deallocate() }

  /// Serves until the client closes its side, or the task is cancelled; what is under way may end within the limit.
  package func run(endingWithin limit: Duration) async throws(SystemError) {
    setBlocking(false)
    inputWatch = try LoopActor.loop.watch(input, for: .read) { [weak self] _ in self?.read() }
    await withTaskCancellationHandler {
      await ended.wait()
    } onCancel: {
      Task { @LoopActor in self.ended.set() }
    }
    inputWatch?.cancel()
    if output >= 0, Task.isCancelled { link?.close() } else { await link?.finish(within: limit) }
    await flush(within: limit)
    outputWatch?.cancel()
    setBlocking(true)
  }

  /// A pipe's or socket's own end only: a terminal's flags are shared with whoever else has it open.
  private func setBlocking(_ isBlocking: Bool) {
    guard isatty(output) == 0, outputFlags >= 0 else { return }
    _ = fcntl(output, F_SETFL, isBlocking ? outputFlags : outputFlags | O_NONBLOCK)
  }

  // MARK: - In

  private func read() {
    let count = Glibc.read(input, block.baseAddress, block.count)
    if count > 0 {
      let piece = UnsafeRawBufferPointer(rebasing: block[..<count])
      for line in lines.take(piece) { take(line) }
      return
    }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    if let last = lines.finish() { take(last) }
    ended.set()
  }

  private func take(_ line: LineSplitter.Line) {
    switch line {
    case .whole(let bytes):
      if bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) { link?.receive(bytes) }
    case .oversized(_, let head): link?.receive(head)
    }
  }

  // MARK: - Out

  private func write(_ message: [UInt8]) {
    var line = message
    line.append(0x0A)
    waitingBytes += line.count
    queue.append(line)
    if queue.count == 1 { flush() }
    if isCongested { inputWatch?.interest = [] }
  }

  private func flush() {
    while let line = queue.first {
      let count = line.withUnsafeBytes { bytes in
        Glibc.write(output, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN ? waitForReader() : lose()
      }
      offset += count
      waitingBytes -= count
      if offset == line.count {
        queue.removeFirst()
        offset = 0
      }
    }
    outputWatch?.interest = []
    inputWatch?.interest = .read
  }

  private func waitForReader() {
    if let outputWatch {
      outputWatch.interest = .write
      return
    }
    do {
      outputWatch = try LoopActor.loop.watch(output, for: .write) { [weak self] _ in self?.flush() }
    } catch { lose() }
  }

  /// Nobody reads any more.
  private func lose() {
    queue = []
    (offset, waitingBytes) = (0, 0)
    link?.close()
    ended.set()
  }

  private func flush(within limit: Duration) async {
    let deadline = LoopInstant.monotonicNow.advanced(by: limit)
    while !queue.isEmpty, LoopInstant.monotonicNow < deadline {
      await LoopActor.loop.nextTurn()
    }
  }
}

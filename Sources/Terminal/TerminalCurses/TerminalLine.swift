import CNcurses
import EventLoop
import Glibc

/// The bytes to and from the terminal. It never blocks: what a slow terminal does not take waits here.
@LoopActor
final class TerminalLine {
  /// More than this unwritten and the terminal is taken for stuck: the oldest is not worth keeping.
  private static let mostPending = 4 << 20
  private static let block = 65_536

  let output: Int32
  private let input: Int32
  private let owned: [Int32]
  private let loop: EventLoop
  private var pending: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: block)
  private var readWatch: FileWatch?
  private var writeWatch: FileWatch?
  private(set) var isLost = false
  private var handlers: Handlers?

  /// Who is told what.
  struct Handlers {
    var bytes: @LoopActor ([UInt8]) -> Void
    var drained: @LoopActor () -> Void
    var lost: @LoopActor () -> Void
  }

  /// A terminal opened anew is ours alone: not blocking on it does not change it for the shell that shares it.
  init(loop: EventLoop) {
    self.loop = loop
    let input = acn_reopen(STDIN_FILENO)
    let output = acn_reopen(STDOUT_FILENO)
    owned = [input, output].filter { $0 >= 0 }
    self.input = input >= 0 ? input : STDIN_FILENO
    self.output = output >= 0 ? output : STDOUT_FILENO
  }

  var isDrained: Bool { pending.isEmpty }

  func start(_ handlers: Handlers) throws(SystemError) {
    self.handlers = handlers
    readWatch = try loop.watch(input, for: .read) { [unowned self] _ in readSome() }
    writeWatch = try loop.watch(output, for: pending.isEmpty ? [] : .write) { [unowned self] _ in
      writeSome()
    }
  }

  func stop() {
    readWatch?.cancel()
    writeWatch?.cancel()
    handlers = nil
    for fd in owned { close(fd) }
  }

  /// Leaves the input to another program.
  func pause() { readWatch?.interest = [] }
  func goOn() { readWatch?.interest = .read }

  // MARK: - Output

  func send(_ bytes: some Collection<UInt8>) {
    guard !isLost, pending.count < Self.mostPending else { return }
    pending += bytes
    if pending.count == bytes.count { writeSome() }
  }

  /// Sends what is left before the program goes on without the loop, for that long at most.
  func flush(within milliseconds: Int32) {
    writeSome()
    var poller = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
    while !pending.isEmpty, !isLost, poll(&poller, 1, milliseconds) > 0 { writeSome() }
    pending.removeAll()
  }

  private func writeSome() {
    while !pending.isEmpty, !isLost {
      let count = pending.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      if count >= 0 {
        pending.removeFirst(count)
      } else if errno == EAGAIN {
        break
      } else if errno != EINTR {
        lose()
      }
    }
    let wasWaiting = writeWatch?.interest == .write
    writeWatch?.interest = pending.isEmpty ? [] : .write
    if wasWaiting, pending.isEmpty { handlers?.drained() }
  }

  // MARK: - Input

  private func readSome() {
    let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
    if count > 0 {
      handlers?.bytes(Array(buffer[..<count]))
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      lose()
    }
  }

  private func lose() {
    guard !isLost else { return }
    isLost = true
    pending.removeAll()
    readWatch?.cancel()
    writeWatch?.cancel()
    handlers?.lost()
  }
}

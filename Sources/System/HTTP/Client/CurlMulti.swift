import CCurl
import EventLoop

/// What runs on an easy handle.
@LoopActor
protocol CurlJob: AnyObject {
  /// Whether the handle can serve another job afterwards.
  var leavesHandleClean: Bool { get }
  func begin(on handle: CurlHandle)
  func end(_ code: CURLcode, on handle: CurlHandle)
  /// libcurl could not even be started.
  func fail(_ failure: HTTPFailure)
}

/// libcurl's multi handle in the event loop: its sockets are watched, its one timer is set, its results are handed out.
@LoopActor
final class CurlMulti {
  private var multi: UnsafeMutableRawPointer?
  private var watches: [Int32: FileWatch] = [:]
  private var timer: LoopTimer?
  /// libcurl wants to be called again at once.
  private var isDue = false
  private var running: [UnsafeMutableRawPointer: (handle: CurlHandle, job: any CurlJob)] = [:]
  private var spare: [CurlHandle] = []

  private static let spareLimit = 16
  /// Calls in a row before the loop gets its turn.
  private static let dueLimit = 32

  isolated deinit { close() }

  func start(_ job: any CurlJob) {
    if let failure = open() { return job.fail(failure) }
    guard let multi, let handle = spare.popLast() ?? CurlHandle() else {
      return job.fail(.other(code: Int(CURLE_OUT_OF_MEMORY.rawValue)))
    }
    job.begin(on: handle)
    running[handle.easy] = (handle, job)
    ccurl_multi_add(multi, handle.easy)
    settle()
  }

  /// Ends a job without a result; its connection is closed where it was in use.
  func stop(_ handle: CurlHandle) {
    guard let multi, running.removeValue(forKey: handle.easy) != nil else { return }
    ccurl_multi_remove(multi, handle.easy)
    settle()
  }

  /// Lets a paused body come in again.
  func resume(_ handle: CurlHandle) {
    guard running[handle.easy] != nil else { return }
    ccurl_easy_pause(handle.easy, CURLPAUSE_CONT)
    settle()
  }

  func close() {
    for (_, entry) in running { entry.job.fail(.cancelled) }
    for (easy, _) in running { if let multi { ccurl_multi_remove(multi, easy) } }
    running = [:]
    spare = []
    timer = nil
    if let multi { ccurl_multi_free(multi) }
    multi = nil
    watches = [:]
  }
}

// MARK: - Set-up

extension CurlMulti {
  private func open() -> HTTPFailure? {
    guard multi == nil else { return nil }
    if let words = ccurl_load() { return .libraryMissing(String(cString: words)) }
    guard let made = ccurl_multi_new() else {
      return .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue))
    }
    multi = made
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_multi_set_socket(made, Self.socketChanged, context)
    ccurl_multi_set_timer(made, Self.timerChanged, context)
    return nil
  }

  private static let socketChanged: ccurl_socket_function = { _, socket, what, context, _ in
    // The pointer is this object, which outlives its multi handle, and libcurl calls on the thread that called it.
    nonisolated(unsafe) let context = context
    return LoopActor.assumeIsolated { CurlMulti.from(context)?.watch(socket, what) ?? -1 }
  }

  private static let timerChanged: ccurl_timer_function = { _, milliseconds, context in
    // As above.
    nonisolated(unsafe) let context = context
    return LoopActor.assumeIsolated { CurlMulti.from(context)?.setTimer(milliseconds) ?? -1 }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> CurlMulti? {
    context.map { Unmanaged<CurlMulti>.fromOpaque($0).takeUnretainedValue() }
  }

  /// -1 tells libcurl to give up.
  private func watch(_ socket: Int32, _ what: Int32) -> Int32 {
    guard what != CURL_POLL_REMOVE else {
      watches.removeValue(forKey: socket)?.cancel()
      return 0
    }
    let interest = Readiness(curl: what)
    if let watch = watches[socket] {
      watch.interest = interest
      return 0
    }
    do throws(SystemError) {
      watches[socket] = try LoopActor.loop.watch(socket, for: interest) { [weak self] readiness in
        self?.act(socket, readiness.curl)
      }
      return 0
    } catch {
      return -1
    }
  }

  private func setTimer(_ milliseconds: Int) -> Int32 {
    isDue = milliseconds == 0
    timer = nil
    if milliseconds > 0 { setTimer(after: .milliseconds(milliseconds)) }
    return 0
  }

  private func setTimer(after delay: Duration) {
    timer = LoopActor.loop.clock.timer(after: delay) { [weak self] in
      self?.act(CURL_SOCKET_TIMEOUT, 0)
    }
  }
}

// MARK: - Running

extension CurlMulti {
  private func act(_ socket: curl_socket_t, _ events: Int32) {
    guard let multi else { return }
    ccurl_multi_act(multi, socket, events)
    settle()
  }

  /// Gives libcurl the calls it asked for and hands out what is done.
  private func settle() {
    guard let multi else { return }
    var rounds = 0
    while isDue, rounds < Self.dueLimit {
      isDue = false
      rounds += 1
      ccurl_multi_act(multi, CURL_SOCKET_TIMEOUT, 0)
    }
    if isDue { setTimer(after: .zero) }
    collect(from: multi)
  }

  private func collect(from multi: UnsafeMutableRawPointer) {
    var code = CURLE_OK
    while let easy = ccurl_multi_done(multi, &code) {
      guard let (handle, job) = running.removeValue(forKey: easy) else { continue }
      job.end(code, on: handle)
      ccurl_multi_remove(multi, easy)
      guard job.leavesHandleClean, spare.count < Self.spareLimit else { continue }
      handle.reset()
      spare.append(handle)
    }
  }
}

extension Readiness {
  fileprivate init(curl what: Int32) {
    self = []
    if what & CURL_POLL_IN != 0 { insert(.read) }
    if what & CURL_POLL_OUT != 0 { insert(.write) }
  }

  fileprivate var curl: Int32 {
    (contains(.read) || contains(.hangUp) ? CURL_CSELECT_IN : 0)
      | (contains(.write) ? CURL_CSELECT_OUT : 0) | (contains(.failed) ? CURL_CSELECT_ERR : 0)
  }
}

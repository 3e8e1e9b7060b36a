import CCurl
import EventLoop
import Synchronization

/// libcurl and the thirty libraries that it brings, loaded once, on a thread beside the caller's: that takes as long as
/// all else a short command does before its first request.
enum CurlLibrary {
  private enum State {
    case untouched
    case loading([CheckedContinuation<Void, Never>])
    case loaded
  }

  private static let state = Mutex(State.untouched)

  /// Begins, where nobody has before; returns at once.
  static func begin() {
    let isFirst = state.withLock { state in
      guard case .untouched = state else { return false }
      state = .loading([])
      return true
    }
    if isFirst { DetachedThread.start(named: "libcurl") { load() } }
  }

  /// Returns when it is there or cannot be had, which the first request tells. No thread is begun for waiting: while
  /// libraries are loaded none can.
  @LoopActor
  static func wait() async {
    begin()
    await withCheckedContinuation { waiter in
      let isLoading = state.withLock { state in
        guard case .loading(let others) = state else { return false }
        state = .loading(others + [waiter])
        return true
      }
      if !isLoading { waiter.resume() }
    }
  }

  private static func load() {
    _ = ccurl_load()
    let waiting = state.withLock { state in
      defer { state = .loaded }
      guard case .loading(let waiting) = state else { return [CheckedContinuation<Void, Never>]() }
      return waiting
    }
    for waiter in waiting { waiter.resume() }
  }
}

import CLinux
import Glibc

/// The loop's side of one watch.
struct WatchEntry {
  let generation: UInt32
  var interest: Readiness
  var isPolled: Bool
  let handler: @LoopActor (Readiness) -> Void
}

/// The watches by their descriptors, which are small numbers: a place is found without hashing.
struct WatchTable {
  private var entries: [WatchEntry?] = []

  subscript(fd: Int32) -> WatchEntry? {
    get { fd >= 0 && fd < entries.count ? entries[Int(fd)] : nil }
    set {
      guard fd >= 0 else { return }
      while entries.count <= Int(fd) { entries.append(nil) }
      entries[Int(fd)] = newValue
    }
  }
}

extension EventLoop {
  /// Calls `handler` whenever the descriptor is ready (level triggered) until the watch is cancelled or dropped.
  ///
  /// A handler reads at most a few 64 KiB blocks and returns: the loop calls again while more is there.
  /// Cancel before closing the descriptor.
  package func watch(
    _ fd: Int32, for interest: Readiness, _ handler: @escaping @LoopActor (Readiness) -> Void
  ) throws(SystemError) -> FileWatch {
    lastGeneration &+= 1
    let generation = lastGeneration
    var polled = true
    if interest.epoll != 0 {
      polled = try add(fd, interest, generation)
    }
    // An entry that is still there although the kernel had none is one whose descriptor was closed under it.
    watches[fd] = WatchEntry(
      generation: generation, interest: interest, isPolled: polled, handler: handler)
    setUnpollable(fd, !polled && interest.epoll != 0)
    return FileWatch(fd: fd, generation: generation, loop: self)
  }

  /// True when epoll takes the descriptor, false when it is of the kind that is always ready.
  private func add(
    _ fd: Int32, _ interest: Readiness, _ generation: UInt32
  ) throws(SystemError) -> Bool {
    let token = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: fd))
    if al_epoll_add(epoll, fd, interest.epoll, token) == 0 { return true }
    guard errno == EPERM else { throw .current("epoll_ctl") }
    return false
  }

  func isLive(_ watch: FileWatch) -> Bool { watches[watch.fd]?.generation == watch.generation }

  /// Without any interest a descriptor leaves epoll, which would else report a hang-up without end.
  func change(_ watch: FileWatch, to interest: Readiness) {
    guard let entry = watches[watch.fd], isLive(watch), entry.interest != interest else { return }
    watches[watch.fd]?.interest = interest
    guard entry.isPolled else {
      setUnpollable(watch.fd, interest.epoll != 0)
      return
    }
    let token = UInt64(watch.generation) << 32 | UInt64(UInt32(bitPattern: watch.fd))
    let code =
      switch (entry.interest.epoll, interest.epoll) {
      case (0, 0): Int32(0)
      case (_, 0): al_epoll_remove(epoll, watch.fd)
      case (0, let bits): al_epoll_add(epoll, watch.fd, bits, token)
      case (_, let bits): al_epoll_modify(epoll, watch.fd, bits, token)
      }
    if code != 0 { reportLost(watch) }
  }

  /// What epoll no longer takes is either a file, always ready, or a closed descriptor: its owner learns by reading.
  private func reportLost(_ watch: FileWatch) {
    watches[watch.fd]?.isPolled = false
    setUnpollable(watch.fd, true)
  }

  func cancel(_ watch: FileWatch) {
    guard isLive(watch), let entry = watches[watch.fd] else { return }
    watches[watch.fd] = nil
    setUnpollable(watch.fd, false)
    if entry.isPolled && entry.interest.epoll != 0 { al_epoll_remove(epoll, watch.fd) }
  }

  private func setUnpollable(_ fd: Int32, _ on: Bool) {
    if on { unpollable.insert(fd) } else { unpollable.remove(fd) }
  }
}

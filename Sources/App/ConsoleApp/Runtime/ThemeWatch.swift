import EventLoop
import Glibc

/// Tells when the file of a theme was written, so that whoever makes one sees it at once. It costs nothing while nobody writes.
@LoopActor
final class ThemeWatch {
  private let descriptor: Int32
  private var watch: FileWatch?
  private var name = ""
  private let changed: @LoopActor () -> Void

  /// Nil where the system has no such watches left.
  init?(_ loop: EventLoop, _ folders: [String], _ changed: @escaping @LoopActor () -> Void) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    self.changed = changed
    guard descriptor >= 0 else { return nil }
    let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)
    let watched = folders.map { inotify_add_watch(descriptor, $0, events) }.filter { $0 >= 0 }
    guard !watched.isEmpty else { return }
    do throws(SystemError) {
      watch = try loop.watch(descriptor, for: .read) { [unowned self] _ in read() }
    } catch {
      // Without the watch the theme stays as it was read.
      watch = nil
    }
  }

  isolated deinit {
    watch?.cancel()
    close(descriptor)
  }

  func follow(_ name: String) { self.name = "\(name).theme" }

  private func read() {
    var block = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &block, block.count)
    guard count > 0 else { return }
    if Self.names(in: block.prefix(count)).contains(name) { changed() }
  }

  /// The names in a block of events: each is a head of 16 bytes, its last four the length of the name.
  nonisolated static func names(in block: ArraySlice<UInt8>) -> [String] {
    var names: [String] = []
    var rest = block
    while rest.count >= 16 {
      let start = rest.startIndex
      let length = (12..<16).reversed().reduce(0) { $0 << 8 | Int(rest[start + $1]) }
      let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
      names.append(String(decoding: name, as: UTF8.self))
      rest = rest.dropFirst(16 + length)
    }
    return names
  }
}

package import EventLoop

/// Where every transport of a session reports what passes: the traffic view, the journal and tests listen here.
///
/// Secret headers cannot be read off an entry but masked; the texts of messages are as on the wire.
@LoopActor
package final class TrafficTap {
  package typealias Listener = @LoopActor (TrafficEntry) -> Void

  private var listeners: [(id: Int, listener: Listener)] = []
  private var lastID = 0

  package nonisolated init() {}

  /// False when nobody listens: a transport may then spare the work of making an entry.
  package var isHeard: Bool { !listeners.isEmpty }

  /// Listens until the subscription is dropped.
  package func listen(_ listener: @escaping Listener) -> TrafficSubscription {
    lastID += 1
    let id = lastID
    listeners.append((id, listener))
    return TrafficSubscription { [weak self] in self?.listeners.removeAll { $0.id == id } }
  }

  package func record(_ entry: @autoclosure () -> TrafficEntry) {
    guard isHeard else { return }
    let entry = entry()
    for (_, listener) in listeners { listener(entry) }
  }
}

/// A listener's place at a tap; dropping it ends it.
@LoopActor
package final class TrafficSubscription {
  private let end: @LoopActor () -> Void

  init(end: @escaping @LoopActor () -> Void) { self.end = end }

  isolated deinit { end() }
}

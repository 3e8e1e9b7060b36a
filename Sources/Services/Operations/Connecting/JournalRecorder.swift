import Audit
import EventLoop
import JSON
import Transports

/// Writes down what passes a session's tap.
@LoopActor
final class JournalRecorder {
  private let journal: Journal
  private let session: Int64
  private var subscription: TrafficSubscription?

  init(_ journal: Journal, session: JournalSession, tap: TrafficTap) {
    self.journal = journal
    self.session = session.id
    journal.note(.session(session))
    subscription = tap.listen { [weak self] entry in self?.note(entry) }
  }

  private func note(_ entry: TrafficEntry) {
    switch entry.content {
    case .frame(let direction, let bytes, _):
      journal.note(
        .frame(
          JournalFrame(
            session: session, at: entry.milliseconds, isOutgoing: direction == .sent, body: bytes)))
    case .http(let facts):
      journal.note(.exchange(session: session, at: entry.milliseconds) { facts.json })
    case .noise, .log, .opened, .closed: break
    }
  }
}

extension TrafficEntry {
  fileprivate var milliseconds: WallMilliseconds { arrived.time.microseconds / 1000 }
}

extension Duration {
  /// Milliseconds to the microsecond, which is as far as a clock of a network tells.
  package var roundedMilliseconds: Double { Double(nanoseconds / 1000) / 1000 }
}

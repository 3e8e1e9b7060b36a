package import Audit
import Database
import JSON

/// The calls of the past, as the journal has kept them.
extension Station {
  package func calls(_ query: HistoryQuery) async throws(OperationFailure) -> [RecordedCall] {
    let journal = try await history()
    do throws(DatabaseError) { return try await journal.calls(query) } catch {
      throw Self.unreadable(error)
    }
  }

  /// Nil where there is none of that number, or not any more.
  package func call(number: Int64) async throws(OperationFailure) -> RecordedCall? {
    let journal = try await history()
    do throws(DatabaseError) { return try await journal.call(number: number) } catch {
      throw Self.unreadable(error)
    }
  }

  /// The messages and exchanges of the connection that fell into the call's time.
  package func frames(
    of recorded: RecordedCall
  ) async throws(OperationFailure) -> [RecordedFrame] {
    let journal = try await history()
    let call = recorded.call
    let end = call.startedAt + Int64(call.milliseconds.rounded(.up)) + 1
    do throws(DatabaseError) {
      return try await journal.frames(ofSession: call.session, from: call.startedAt, to: end)
    } catch { throw Self.unreadable(error) }
  }

  private func history() async throws(OperationFailure) -> Journal {
    openJournal()
    if let journal { return journal }
    throw OperationFailure(
      .usage, layer: "config", warnings.first ?? "there is no folder to keep a history in",
      hint: warnings.isEmpty ? "set HOME or XDG_STATE_HOME" : nil)
  }

  private static func unreadable(_ error: DatabaseError) -> OperationFailure {
    OperationFailure(.usage, layer: "config", "the history cannot be read: \(error)")
  }
}

import EventLoop

/// What was answered for before the store has it: events on their way, safe from the end of the process.
///
/// Two segments take turns. While the store takes over what stands in one, new events go into the other; one whose events
/// the store has begins anew.
@LoopActor
final class AuditSpool {
  /// How far the store is to be with a spool, written in one transaction with the events.
  struct Mark: Sendable {
    let name: String
    let number: UInt64
  }

  private struct Segment {
    var end = 0
    var last: UInt64 = 0
  }

  private let file: SpoolFile
  private var segments = [Segment(), Segment()]
  private var current = 0
  private var number: UInt64 = 0
  private var taken: UInt64 = 0

  /// Nil where there can be none: then every answer waits for the store.
  init?(beside store: String) {
    guard let file = SpoolFile.make(beside: store) else { return nil }
    self.file = file
  }

  /// The number under which the event is safe; nil where it finds no room.
  func add(_ event: PreparedEvent) -> UInt64? {
    if write(event) { return number }
    guard isFree(1 - current) else { return nil }
    current = 1 - current
    segments[current].end = 0
    return write(event) ? number : nil
  }

  private func write(_ event: PreparedEvent) -> Bool {
    let room = UnsafeMutableRawBufferPointer(
      rebasing: file.segment(current)[segments[current].end...])
    guard let bytes = SpoolRecord.write(event, number + 1, to: room) else { return false }
    number += 1
    file.written = number
    segments[current].end += bytes
    segments[current].last = number
    return true
  }

  private func isFree(_ index: Int) -> Bool { segments[index].last <= taken }

  /// What comes from here on goes apart from what the store takes over now.
  func turn() {
    guard isFree(1 - current) else { return }
    current = 1 - current
    segments[current].end = 0
  }

  func mark(_ number: UInt64) -> Mark { Mark(name: file.name, number: number) }

  /// The store has everything up to that number.
  func took(_ number: UInt64) {
    taken = max(taken, number)
    file.taken = taken
    if isFree(current) { segments[current].end = 0 }
  }

  /// Takes the file away, unless something in it has not reached the store, and gives its name.
  func end() -> String? {
    guard taken == number else { return nil }
    file.remove()
    return file.name
  }
}

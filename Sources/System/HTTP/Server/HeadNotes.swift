package import EventLoop

/// What those who answer have found out about a head, kept as long as their connection repeats it to the letter:
/// clients say the same with each request.
@LoopActor
package final class HeadNotes {
  private var notes: [(owner: AnyObject, note: AnyObject)] = []

  package nonisolated init() {}

  /// What that owner has noted. Each owner notes things of one kind.
  package func note<Note: AnyObject>(of owner: AnyObject, as kind: Note.Type = Note.self) -> Note? {
    for entry in notes where entry.owner === owner { return entry.note as? Note }
    return nil
  }

  /// Puts it in the place of what the owner has noted before.
  package func set(_ note: AnyObject, of owner: AnyObject) {
    if let place = notes.firstIndex(where: { $0.owner === owner }) {
      notes[place].note = note
    } else {
      notes.append((owner, note))
    }
  }
}

/// Two requests are the same whatever was noted about them.
extension HeadNotes: Hashable {
  package nonisolated static func == (left: HeadNotes, right: HeadNotes) -> Bool { true }
  package nonisolated func hash(into hasher: inout Hasher) {}
}

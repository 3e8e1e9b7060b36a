import JSON
import TerminalCore

/// What a person has put on rows of the wire and of the audit: a bookmark, and words of their own.
struct RowNotes: Sendable, Hashable {
  struct Note: Sendable, Hashable {
    var isBookmarked = false
    var comment = ""

    var isEmpty: Bool { !isBookmarked && comment.isEmpty }
  }

  /// A row of a view by what it is known by there.
  struct Place: Sendable, Hashable {
    let view: ScreenID
    let key: String
  }

  private static let most = 2_000
  private var notes: [Place: Note] = [:]

  subscript(view: ScreenID, key: String) -> Note? { notes[Place(view: view, key: key)] }

  func isEmpty(_ view: ScreenID) -> Bool { !notes.keys.contains { $0.view == view } }

  /// False where there is no more room for notes.
  mutating func change(_ place: Place, _ change: (inout Note) -> Void) -> Bool {
    var note = notes[place] ?? Note()
    change(&note)
    guard note.isEmpty || notes[place] != nil || notes.count < Self.most else { return false }
    notes[place] = note.isEmpty ? nil : note
    return true
  }
}

/// Notes as they are kept between runs: those of the audit, whose rows are still there then.
extension RowNotes {
  private static let longest = 4_000

  var json: JSON {
    let kept = notes.filter { $0.key.view == .audit }.sorted { $0.key.key < $1.key.key }
    return .object(
      JSONObject(
        kept.map { place, note in
          (place.key, ["bookmark": .bool(note.isBookmarked), "comment": .string(note.comment)])
        }))
  }

  mutating func restore(_ json: JSON?) {
    for member in json?.object?.members.prefix(Self.most) ?? [] {
      let comment = String((member.value["comment"]?.string ?? "").prefix(Self.longest))
      let note = Note(
        isBookmarked: member.value["bookmark"]?.bool ?? false, comment: comment)
      if !note.isEmpty { notes[Place(view: .audit, key: member.key)] = note }
    }
  }
}

extension ConsoleState {
  /// The row that a note would be put on: under the cursor, or whose own view is open.
  var notedPlace: RowNotes.Place? {
    switch screen.id {
    case .message: return wireEntry.map { .init(view: .wire, key: "\($0.number)") }
    case .auditRow: return auditIndex.map { .init(view: .audit, key: audit.noteKey($0)) }
    default:
      guard let index = list.current, let key = ScreenRow.of(screen).list?.noteKey else {
        return nil
      }
      return .init(view: screen.id, key: key(self, screen, index))
    }
  }

  func note(_ view: ScreenID, _ key: String) -> RowNotes.Note? {
    notes.isEmpty(view) ? nil : notes[view, key]
  }
}

extension RowNotes.Note {
  /// Said above what the row holds.
  func tell(_ lines: inout Lines) {
    if isBookmarked { lines.plain("bookmarked", .match) }
    if !comment.isEmpty { lines.add("comment", comment, .match) }
  }

  /// Members for a file.
  func add(to object: inout JSONObject) {
    if isBookmarked { object["bookmark"] = true }
    if !comment.isEmpty { object["comment"] = .string(comment) }
  }
}

import JSON
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

/// A window at the wire after three requests.
private func watching(keys: String = "") -> ConsoleState {
  var state = Sample.connected(80, 24, keys: "6")
  for id in 1...3 {
    let message: JSON = ["jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": "tools/list"]
    state.time.wall += 31
    _ = Reducer.reduce(
      &state,
      .link(
        1, attempt: 1,
        .passed(
          WireNews(isOutgoing: true, content: .message(message), bytes: message.compactBytes))))
  }
  Sample.press(keys, &state)
  return state
}

struct NoteTests {
  @Test func `a row is bookmarked and commented, marked in the list and told in its detail`() {
    let state = watching(keys: "g m c why Space this? Enter")
    #expect(state.note(.wire, "1") == .init(isBookmarked: true, comment: "why this?"))
    checkSizes(state, "noted")
    let message = Sample.after("Enter", state)
    #expect(ScreenText.shown(ConsoleView.draw(message)).contains("bookmarked"))
    #expect(ScreenText.shown(ConsoleView.draw(message)).contains("why this?"))
  }

  @Test func `notes are walked, found, taken back and written with their rows`() {
    var state = watching(keys: "g m j j c odd Enter g M")
    #expect(state.wireEntry?.number == 3)
    Sample.press("M", &state)
    #expect(state.wireEntry?.number == 1)
    Sample.press("/ odd Enter", &state)
    #expect(state.list.shown.count == 1)
    let file = WireExport.exports(state)[0].bytes()
    #expect(String(decoding: file, as: UTF8.self).contains(#""comment":"odd""#))
    Sample.press("Esc g m", &state)
    #expect(state.note(.wire, "1") == nil)
    Sample.press("u", &state)
    #expect(state.note(.wire, "1")?.isBookmarked == true)
    // In the message's own view the same keys do the same.
    Sample.press("Enter m", &state)
    #expect(state.note(.wire, "1") == nil)
  }

  @Test func `other lists say where notes are taken`() {
    var state = Sample.connected(80, 24)
    Sample.press("m", &state)
    #expect(state.status?.text.contains("the wire (6) and the audit (7)") == true)
    #expect(state.notes == RowNotes())
  }

  @Test func `notes of the audit last, those of the wire end with their rows`() {
    var notes = RowNotes()
    _ = notes.change(.init(view: .audit, key: "log a1")) { $0.comment = "mine" }
    _ = notes.change(.init(view: .wire, key: "7")) { $0.isBookmarked = true }
    var next = RowNotes()
    next.restore(notes.json)
    #expect(next[.audit, "log a1"]?.comment == "mine")
    #expect(next[.wire, "7"] == nil)
    next.restore(["x": 1, "y": ["bookmark": "no"], "z": ["comment": ""]])
    #expect(!next.isEmpty(.audit) && next[.audit, "x"] == nil && next[.audit, "y"] == nil)
  }
}

import JSON
import MCPProtocol
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

/// A window that shows an answer with this content.
private func answered(_ content: JSON, keys: String = "") -> ConsoleState {
  var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
  _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(["content": content]))))
  _ = Sample.press(keys, &state)
  return state
}

private let sound: JSON = ["type": "audio", "mimeType": "audio/wav", "data": "UklGRgAAAAA="]
private let sheet: JSON = [
  "type": "resource",
  "resource": [
    "uri": "file:///run.desktop", "mimeType": "application/x-desktop", "blob": "W0Rlc2t0b3A=",
  ],
]

struct OutsideTests {
  @Test func `what is binary is a card with its type, size and digest`() {
    let shown = ScreenText.shown(ConsoleView.draw(answered([sound])))
    #expect(shown.contains("[audio 8 bytes  audio/wav]"))
    #expect(shown.contains("sha-256 ") && shown.contains("o opens outside"))
  }

  @Test func `what is opened outside is told before`() throws {
    var state = answered([sound])
    #expect(Sample.press("o", &state).isEmpty)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("8 bytes  audio/wav"))
    let effects = Sample.press("Enter", &state)
    let blob = try #require(ResultBlob(sound))
    #expect(effects == [.open(.file(blob))])
    #expect(blob.outsideName == "alidade.wav")
    #expect(Sample.press("o", &state).isEmpty)
    #expect(Sample.press("Esc", &state).allSatisfy { $0 != .open(.file(blob)) })
  }

  @Test func `of several one is chosen`() {
    var state = answered([sound, sheet])
    _ = Sample.press("o", &state)
    #expect(state.picker?.items.count == 2)
    _ = Sample.press("Down Enter", &state)
    guard case .confirming(let question) = state.overlay else {
      Issue.record("nothing was asked")
      return
    }
    #expect(question.lines[0].contains("file:///run.desktop"))
  }

  @Test func `a server does not choose the program that opens its file`() throws {
    #expect(try #require(ResultBlob(sheet["resource"] ?? .null)).outsideName == "alidade.bin")
    for (type, name) in [
      ("image/png", "alidade.bin"), ("AUDIO/WAV; rate=1", "alidade.wav"),
      ("a/../../b", "alidade.bin"),
      ("", "alidade.bin"), ("application/pdf", "alidade.pdf"),
    ] {
      #expect(ResultBlob(mimeType: type, uri: "x.sh", bytes: [1]).outsideName == name)
    }
  }

  @Test func `without anything to open the key says so`() {
    var state = answered([["type": "text", "text": "plain"]])
    _ = Sample.press("o", &state)
    #expect(state.status?.text.hasSuffix("no image, audio or other file is in this answer") == true)
  }

  @Test func `content that is no Base64 is told`() {
    let broken: JSON = ["type": "image", "mimeType": "image/png", "data": "!!"]
    let shown = ScreenText.shown(ConsoleView.draw(answered([broken])))
    #expect(shown.contains("which is no Base64"))
  }
}

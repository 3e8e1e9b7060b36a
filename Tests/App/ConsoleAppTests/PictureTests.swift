import JSON
import MCPProtocol
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

/// A picture of one red pixel.
private let pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

private func looking(_ keys: String = "") -> ConsoleState {
  var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
  let result: JSON = [
    "content": [["type": "image", "mimeType": "image/png", "data": .string(pixel)]]
  ]
  _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
  _ = Sample.press(keys, &state)
  return state
}

struct PictureTests {
  @Test func `the terminal is asked once a picture is looked at, and only once`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    let result: JSON = [
      "content": [["type": "image", "mimeType": "image/png", "data": .string(pixel)]]
    ]
    let effects = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
    #expect(effects.contains(.askForPictures))
    #expect(!Sample.press("] [", &state).contains(.askForPictures))
  }

  @Test func `a terminal that can is given the picture, any other half blocks`() throws {
    var state = looking()
    #expect(state.placedPicture == nil)
    let rows = ScreenText.shown(ConsoleView.draw(state)).split(separator: "\n")
    let row = try #require(rows.firstIndex { $0.contains("▀") })
    _ = Reducer.reduce(&state, .input(.pictures(.sixel)))
    #expect(state.placedPicture?.pixels == [RGB(255, 0, 0)])
    _ = Reducer.reduce(&state, .input(.pictures(.kitty)))
    #expect(state.placedPicture?.file == Base64Text.decode(pixel))
    #expect(state.placedPicture?.place == Rect(x: 2, y: row, width: 1, height: 1))
    _ = Reducer.reduce(&state, .input(.pictures(.sixel)))
    #expect(state.pictureWay == .kitty)
    #expect(!ScreenText.shown(ConsoleView.draw(state)).contains("▀"))
    _ = Sample.press("?", &state)
    #expect(state.placedPicture == nil)
  }
}

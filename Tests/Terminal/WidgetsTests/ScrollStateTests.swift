import Testing
import Widgets

struct ScrollStateTests {
  @Test func `the cursor stays inside whatever is asked`() {
    let moves: [ScrollState.Move] = [
      .by(5), .by(-99), .last, .by(1), .pages(2), .pages(-0.5), .to(3), .to(-1), .to(.max - 1),
      .first,
    ]
    for count in 0...12 {
      var state = ScrollState(count: count)
      for height in [0, 1, 3, 20] {
        for move in moves {
          state.move(move, height: height)
          #expect((0..<max(1, count)).contains(state.cursor))
          let shown = state.visible(height: height)
          #expect(shown.lowerBound >= 0 && shown.upperBound <= count)
          if count > 0, height > 0 { #expect(shown.contains(state.cursor)) }
        }
      }
    }
  }

  @Test func `the window follows the cursor and no further`() {
    var state = ScrollState(count: 10)
    state.move(.by(3), height: 4)
    #expect(state.visible(height: 4) == 0..<4)
    state.move(.by(1), height: 4)
    #expect(state.visible(height: 4) == 1..<5)
    state.move(.by(-1), height: 4)
    #expect(state.visible(height: 4) == 1..<5)
    state.move(.last, height: 4)
    #expect(state.visible(height: 4) == 6..<10)
  }

  @Test func `scrolling takes the cursor along only where it would leave`() {
    var state = ScrollState(count: 10)
    state.scroll(by: 2, height: 4)
    #expect(state.cursor == 2)
    #expect(state.visible(height: 4) == 2..<6)
    state.scroll(by: 99, height: 4)
    #expect(state.visible(height: 4) == 6..<10)
    state.scroll(by: -99, height: 4)
    #expect(state.cursor == 3)
  }

  @Test func `fewer rows bring the cursor to the last`() {
    var state = ScrollState(count: 10)
    state.move(.last, height: 4)
    state.setCount(3, height: 4)
    #expect(state.cursor == 2)
    state.setCount(0, height: 4)
    #expect(state.cursor == 0)
    #expect(state.visible(height: 4).isEmpty)
  }

  @Test func `the thumb touches an end only where that end is shown`() {
    for count in 1...60 {
      for height in 1...12 {
        for start in 0...max(0, count - height) {
          let shown = start..<min(count, start + height)
          let thumb = Scrollbar(shown, of: count).thumb(height: height)
          #expect(thumb.lowerBound >= 0 && thumb.upperBound <= height && !thumb.isEmpty)
          if shown.lowerBound == 0 { #expect(thumb.lowerBound == 0) }
          if shown.upperBound == count { #expect(thumb.upperBound == height) }
          if height > 2, shown.lowerBound > 0, thumb.count + 1 < height {
            #expect(thumb.lowerBound > 0)
          }
        }
      }
    }
  }
}

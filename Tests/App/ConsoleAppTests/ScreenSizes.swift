import TerminalCore
import Testing

@testable import ConsoleApp

/// Holds a state's screen against its goldens, in a cramped window, two usual ones and a wide one.
func checkSizes(
  _ state: ConsoleState, _ name: String, at location: SourceLocation = #_sourceLocation
) {
  for (width, height) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
    var sized = state
    _ = Reducer.reduce(&sized, .resized(Size(width: width, height: height)))
    checkScreen(sized, "\(name)-\(width)x\(height)", at: location)
  }
}

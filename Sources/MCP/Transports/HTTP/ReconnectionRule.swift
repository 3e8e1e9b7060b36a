/// When a broken stream is opened again: as the server says, else ever later.
package struct ReconnectionRule: Sendable, Hashable {
  package var first = Duration.seconds(1)
  package var longest = Duration.seconds(30)
  /// Tries in a row that bring nothing.
  package var attempts = 6

  package init() {}

  /// The wait before the next try; nil when it is time to give up. `barren` counts the tries that brought nothing.
  package func delay(after barren: Int, retry milliseconds: Int?) -> Duration? {
    guard barren < attempts else { return nil }
    let grown = min(first * Double(1 << min(barren, 16)), longest)
    guard let milliseconds else { return grown }
    let asked = Duration.milliseconds(min(milliseconds, Self.longestWait))
    return barren == 0 ? asked : max(asked, min(grown, asked * Double(1 << min(barren, 16))))
  }

  /// A day: a server that asks for more has made a mistake.
  private static let longestWait = 86_400_000
}

import CNcurses

/// What is told and written where the program crashes while it has the terminal.
package struct CrashReport: Sendable {
  static let lastWords = "alidade: the terminal is restored after "

  private let path: String
  private let head: String

  /// `head` is the report's first line: which program it is of.
  package init(folder: String, head: String) {
    path = "\(folder)/crash.txt"
    self.head = head
  }

  /// From now on a crash writes it; one report is kept, the last.
  package func prepare() { acn_emergency_report(path, head) }
}

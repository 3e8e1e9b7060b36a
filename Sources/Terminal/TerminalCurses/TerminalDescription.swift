/// A terminal description to try: a name, and its compiled form where it does not come from the database.
struct TerminalDescription: Sendable, Hashable {
  let name: String
  var definition: String?

  static let direct = TerminalDescription(name: "alidade-direct", definition: compiledDirect)
  static let indexed = TerminalDescription(name: "alidade-256color", definition: compiledIndexed)
  static let common = TerminalDescription(name: "xterm-256color")

  /// What to try in order. Terminals of 24-bit colour have no entry in most databases, so ours comes first where one is promised;
  /// the last two stand in for a name or a database that is missing.
  static func candidates(term: String, wantsDirect: Bool) -> [TerminalDescription] {
    let named = TerminalDescription(name: term)
    return (wantsDirect ? [direct] : []) + [named, common, indexed]
  }

  /// True where this is not what the terminal calls itself: its own name was not known.
  func isStandIn(for term: String) -> Bool { self != .direct && name != term }
}

extension NamedValue {
  /// `Name: value`; nil where there is no colon.
  init?(headerLine line: String) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    self.init(
      String(line[..<colon]).trimmed, String(line[line.index(after: colon)...]).trimmed)
  }

  /// What keeps it from being sent as a header.
  package var headerProblem: TargetError.HeaderProblem? {
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isToken) else { return .name }
    let isBroken = value.unicodeScalars.contains { $0 == "\r" || $0 == "\n" || $0 == "\0" }
    return isBroken ? .value : nil
  }

  private static func isToken(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
  }
}

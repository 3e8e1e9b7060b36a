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
    if Self.framing.contains(name.lowercased()) { return .framing }
    return value.unicodeScalars.contains(where: Self.isControl) ? .value : nil
  }

  /// Lines by which the connection itself is kept in order.
  private static let framing: Set = [
    "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer",
    "expect", "proxy-connection",
  ]

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x7F || (scalar.value < 0x20 && scalar != "\t")
  }

  private static func isToken(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
  }
}

extension TapeBuilder {
  /// The error for this place; an early end names what is still open.
  @inline(never)
  func failure(
    _ expectation: JSONError.Expectation,
    unfinished: (kind: JSONError.Opening.Kind, offset: Int)? = nil
  ) -> JSONError {
    let found = found
    var lines = LineCounter(text)
    var openings: [JSONError.Opening] = []
    if found == .end {
      openings = openContainers.map { kind, offset in
        JSONError.Opening(kind: kind, position: lines.position(of: offset))
      }
      if let unfinished {
        let position = lines.position(of: unfinished.offset)
        openings.append(JSONError.Opening(kind: unfinished.kind, position: position))
      }
    }
    return JSONError(
      problem: .expected(expectation, found: found), position: lines.position(of: at),
      open: openings.reversed())
  }

  func tooDeep() -> JSONError {
    var lines = LineCounter(text)
    return JSONError(
      problem: .tooDeep(limit: options.depthLimit), position: lines.position(of: at), open: [])
  }

  private var found: JSONError.Found {
    guard at < count else { return .end }
    var decoder = UTF8()
    var bytes = text[at..<min(at + 4, count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return .byte(base[at]) }
    return .scalar(scalar)
  }

  /// Outermost first.
  private var openContainers: [(JSONError.Opening.Kind, Int)] {
    var chain: [(JSONError.Opening.Kind, Int)] = []
    var index = open
    while index >= 0 {
      let word = TapeWord(bits: words[index])
      chain.append((word.kind == .object ? .object : .array, word.offset))
      index = Int(Int64(bitPattern: words[index + 1]))
    }
    return chain.reversed()
  }
}

import JSON

/// Finds the messages in what a program writes to its standard output: a value, fed with lines.
///
/// One message a line is the rule. Besides that it takes what real servers do: banners before or around a message,
/// two messages on a line, a message written over many lines, one without a line feed at the very end.
struct StdioFraming {
  enum Item {
    case message([UInt8], JSONReading, lines: Int)
    case noise([UInt8], size: Int, lines: Int = 1, Noise.Reason)
  }

  private var spread = SpreadMessage()

  mutating func take(_ line: LineBuffer.Line, _ tell: (Item) -> Void) {
    switch line {
    case .tooLong(let first, let size):
      endSpread(tell)
      tell(.noise(first, size: size, .tooLong(limit: StdioLimits.lineBytes)))
    case .whole(let bytes): take(bytes, tell)
    }
  }

  /// What was begun and never ended is noise.
  mutating func flush(_ tell: (Item) -> Void) { endSpread(tell) }

  private mutating func take(_ line: [UInt8], _ tell: (Item) -> Void) {
    guard line.contains(where: { !$0.isBlank }) else { return }
    if spread.isOpen { return goOn(line, tell) }
    take(rest: line[...], tell)
  }

  /// Takes message by message off the front of a line, and what is none as noise.
  private mutating func take(rest: ArraySlice<UInt8>, _ tell: (Item) -> Void) {
    var rest = rest.drop { $0.isBlank }
    while let first = rest.first {
      guard MessageText.mayBegin(with: first) else {
        rest = skipNoise(rest, .notJSON, tell)
        continue
      }
      let text = MessageText(rest)
      switch text.outcome {
      case .message(let reading):
        tell(.message(text.bytes, reading, lines: 1))
        rest = rest[rest.index(rest.startIndex, offsetBy: text.bytes.count)...]
          .drop { $0.isBlank }
      case .unfinished:
        spread.begin(Array(rest))
        return
      case .none(let reason):
        rest = skipNoise(rest, reason, tell)
      }
    }
  }

  /// Tells everything up to the next place where a message may begin.
  private func skipNoise(
    _ rest: ArraySlice<UInt8>, _ reason: Noise.Reason, _ tell: (Item) -> Void
  ) -> ArraySlice<UInt8> {
    let next = MessageText.nextStart(in: rest.dropFirst()) ?? rest.endIndex
    let noise = rest[..<next]
    tell(.noise(Array(noise.prefix(Noise.shownBytes)), size: noise.count, reason))
    return rest[next...]
  }

  // MARK: - Messages over many lines

  private mutating func goOn(_ line: [UInt8], _ tell: (Item) -> Void) {
    if line.first == UInt8(ascii: "{"), case .message = MessageText(line[...]).outcome {
      endSpread(tell)
      return take(rest: line[...], tell)
    }
    switch spread.add(line) {
    case .open: return
    case .broken: endSpread(tell)
    case .closed:
      let (bytes, lines) = (spread.bytes, spread.lines)
      guard case .message(let reading) = MessageText(bytes[...]).outcome else {
        return endSpread(tell)
      }
      spread = SpreadMessage()
      tell(.message(bytes, reading, lines: lines))
    }
  }

  private mutating func endSpread(_ tell: (Item) -> Void) {
    guard spread.isOpen else { return }
    let bytes = spread.bytes
    spread = SpreadMessage()
    let reason = Noise.Reason.brokenJSON("begun and never ended")
    tell(.noise(Array(bytes.prefix(Noise.shownBytes)), size: bytes.count, reason))
  }
}

/// The limits of one line-framed stream.
enum StdioLimits {
  static let lineBytes = 256 << 20
  static let spreadBytes = 16 << 20
  static let spreadLines = 100_000
}

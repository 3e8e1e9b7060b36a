import JSON

/// A piece of text that may begin with a message.
struct MessageText {
  enum Outcome {
    case message(JSONReading)
    /// An object or array that the text breaks off in.
    case unfinished
    case none(Noise.Reason)
  }

  /// The message's own bytes, without what follows it.
  private(set) var bytes: [UInt8]
  private(set) var outcome: Outcome

  init(_ text: ArraySlice<UInt8>) {
    bytes = Array(text)
    guard let first = text.first, Self.mayBegin(with: first) else {
      outcome = .none(.notJSON)
      return
    }
    do {
      outcome = Self.outcome(of: try JSON.read(bytes))
    } catch {
      outcome = .none(.brokenJSON(error.sentence))
      recover(from: error)
    }
  }

  static func mayBegin(with byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  private mutating func recover(from error: JSONError) {
    switch error.problem {
    case .expected(.nothing, _):
      bytes = Array(bytes.prefix(error.offset))
      do {
        outcome = Self.outcome(of: try JSON.read(bytes))
        while bytes.last?.isBlank == true { bytes.removeLast() }
      } catch {
        outcome = .none(.brokenJSON(error.sentence))
      }
    case .expected(_, .end) where !error.open.isEmpty && error.open[0].kind != .string:
      outcome = .unfinished
    case .tooDeep: cutDepth()
    case .expected, .tooLarge, .otherEncoding: return
    }
  }

  /// A message is read as far down as that can be done: the call that it answers would wait for ever.
  private mutating func cutDepth() {
    let cut = DepthCut(bytes[...])
    guard let length = cut.length else {
      outcome = .unfinished
      return
    }
    bytes = Array(bytes.prefix(length))
    do {
      outcome = Self.outcome(of: try JSON.read(cut))
    } catch {
      outcome = .none(.brokenJSON(error.sentence))
    }
  }

  /// Only what can be JSON-RPC counts: `[1]` in a log line is no batch.
  private static func outcome(of reading: JSONReading) -> Outcome {
    switch reading.value {
    case .object: .message(reading)
    case .array(let elements) where elements.allSatisfy({ $0.object != nil }): .message(reading)
    default: .none(.notJSON)
    }
  }

  /// Where a message may begin behind other text: `{"`, spaces allowed between.
  static func nextStart(in text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while let brace = text[index...].firstIndex(of: UInt8(ascii: "{")) {
      let next = text[(brace + 1)...].first { !$0.isBlank }
      if next == UInt8(ascii: "\"") { return brace }
      index = brace + 1
    }
    return nil
  }
}

extension UInt8 {
  /// JSON's white space, and a stray carriage return among it.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
}

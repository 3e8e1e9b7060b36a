/// Walks foreign text once and spells it safely.
struct Sanitizer {
  let options: SafeText.Options
  private(set) var output = ""
  private(set) var findings = HiddenFindings()
  private var offset = 0
  private var seen = 0
  private var previous: Unicode.Scalar?

  init(options: SafeText.Options, sizeHint: Int) {
    self.options = options
    output.reserveCapacity(min(sizeHint, options.limit ?? sizeHint))
  }

  mutating func run(_ pieces: some Sequence<UTF8Piece>) {
    var iterator = pieces.makeIterator()
    var upcoming = iterator.next()
    while let piece = upcoming {
      upcoming = iterator.next()
      guard take() else { return }
      switch piece {
      case .invalid(let byte): write(invalid: byte)
      case .scalar(let scalar):
        let next = upcoming?.scalar
        let consumed = write(scalar, before: next)
        advance(over: scalar)
        if consumed, let next {
          advance(over: next)
          upcoming = iterator.next()
        }
      }
    }
  }

  private mutating func advance(over scalar: Unicode.Scalar) {
    offset += UTF8.width(scalar)
    previous = scalar
  }

  /// Counts one scalar against the limit; false once the limit is reached and the ellipsis written.
  private mutating func take() -> Bool {
    guard let limit = options.limit else { return true }
    seen += 1
    if seen <= limit { return true }
    output += options.ascii ? "..." : "…"
    return false
  }

  private mutating func write(invalid byte: UInt8) {
    findings.note(Unicode.Scalar(byte), at: offset, as: .invalidByte)
    output += options.mark("0x" + hexadecimal(UInt32(byte), digits: 2))
    offset += 1
    previous = nil
  }

  /// Writes one scalar; true where it swallowed the next one too (CRLF).
  private mutating func write(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
    if let breaks = writeLayout(scalar, before: next) { return breaks }
    if let kind = HiddenKind.of(scalar),
      !SpellingContext(previous: previous, next: next).allows(scalar)
    {
      findings.note(scalar, at: offset, as: kind)
      output += options.mark("U+" + hexadecimal(scalar.value, digits: 4))
    } else if options.ascii, !scalar.isASCII {
      output += asciiSigns[scalar] ?? options.mark("U+" + hexadecimal(scalar.value, digits: 4))
    } else {
      output.unicodeScalars.append(scalar)
    }
    return false
  }

  private mutating func writeLayout(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool?
  {
    let isLine = options.layout == .line
    switch scalar {
    case "\n":
      output += isLine ? options.lineBreak : "\n"
      return false
    case "\r" where next == "\n":
      output += isLine ? options.lineBreak : "\n"
      return true
    case "\t":
      output += isLine ? " " : "\t"
      return false
    default: return nil
    }
  }
}

/// How people without the sign write it.
private let asciiSigns: [Unicode.Scalar: String] = [
  "→": "->", "←": "<-", "…": "...", "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-",
  "—": "--", "×": "x", "•": "*", "·": "-", "≤": "<=", "≥": ">=", "µ": "u",
]

extension SafeText.Options {
  fileprivate var lineBreak: String { ascii ? "\\n" : "⏎" }

  fileprivate func mark(_ inner: String) -> String { ascii ? "<\(inner)>" : "⟨\(inner)⟩" }
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// Foreign text made safe to show: nothing in it can move a cursor, reorder a line or stay unseen.
///
/// Control bytes, escape sequences, bidi and invisible characters stand as visible marks such as `⟨U+202E⟩`.
package struct SafeText: Sendable, Hashable {
  /// The text to show. In `.line` mode it has no line break, in `.block` mode `\n` is the only control character left.
  package let text: String
  /// What was found and made visible.
  package let findings: HiddenFindings

  /// True where the sender hid something: the badge "hidden characters".
  package var hasHidden: Bool { !findings.isEmpty }

  /// How the text is laid out and spelled.
  package struct Options: Sendable, Hashable {
    package enum Layout: Sendable, Hashable {
      /// One row: a line break becomes `⏎`, a tab one space.
      case line
      /// Many rows: `\n` and `\t` stay, CRLF becomes `\n`.
      case block
    }

    package var layout: Layout
    /// Only ASCII leaves, for a terminal or locale without UTF-8.
    package var ascii: Bool
    /// Stops after that many scalars of the source and closes with an ellipsis; nil is the whole.
    package var limit: Int?

    package init(layout: Layout = .line, ascii: Bool = false, limit: Int? = nil) {
      self.layout = layout
      self.ascii = ascii
      self.limit = limit
    }

    package static let line = Options()
    package static let block = Options(layout: .block)
  }

  package init(_ raw: String, _ options: Options = .line) {
    if raw.isPlainASCII(keepingBreaks: options.layout == .block),
      raw.utf8.count <= options.limit ?? .max
    {
      text = raw
      findings = HiddenFindings()
      return
    }
    var sanitizer = Sanitizer(options: options, sizeHint: raw.utf8.count)
    sanitizer.run(raw.unicodeScalars.lazy.map(UTF8Piece.scalar))
    text = sanitizer.output
    findings = sanitizer.findings
  }

  /// Bytes that claim to be UTF-8; a byte that is none stands as `⟨0xFF⟩`.
  package init(bytes: some Collection<UInt8>, _ options: Options = .line) {
    var sanitizer = Sanitizer(options: options, sizeHint: bytes.count)
    sanitizer.run(UTF8Pieces(bytes))
    text = sanitizer.output
    findings = sanitizer.findings
  }
}

extension SafeText: CustomStringConvertible {
  package var description: String { text }
}

extension String {
  /// Printable ASCII throughout: the common case, told without decoding.
  func isPlainASCII(keepingBreaks: Bool) -> Bool {
    func allPlain(_ bytes: some Sequence<UInt8>) -> Bool {
      bytes.allSatisfy { byte in
        byte &- 0x20 < 0x5F || (keepingBreaks && (byte == 0x0A || byte == 0x09))
      }
    }
    return utf8.withContiguousStorageIfAvailable(allPlain) ?? allPlain(utf8)
  }
}

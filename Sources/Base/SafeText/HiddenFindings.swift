/// The characters a text tried to hide: how many, and where the first ones stood.
package struct HiddenFindings: Sendable, Hashable {
  /// One hidden character and its place, counted in bytes of UTF-8 from the start of the source.
  package struct Finding: Sendable, Hashable {
    package let scalar: Unicode.Scalar
    package let offset: Int
    package let kind: HiddenKind
  }

  /// Enough to explain a badge; a hostile megabyte of controls must not become a megabyte of findings.
  package static let kept = 16

  package private(set) var count = 0
  package private(set) var first: [Finding] = []
  /// What tag characters (U+E0020…E007E) spell in ASCII, the usual way of smuggling instructions.
  package private(set) var tagMessage = ""

  package var isEmpty: Bool { count == 0 }

  /// The kinds among the kept findings, in the order they first appear.
  package var kinds: [HiddenKind] {
    first.reduce(into: []) { kinds, finding in
      if !kinds.contains(finding.kind) { kinds.append(finding.kind) }
    }
  }

  mutating func note(_ scalar: Unicode.Scalar, at offset: Int, as kind: HiddenKind) {
    count += 1
    if first.count < Self.kept {
      first.append(Finding(scalar: scalar, offset: offset, kind: kind))
    }
    guard kind == .tag, let letter = Unicode.Scalar(scalar.value &- 0xE0000),
      0x20..<0x7F ~= letter.value, tagMessage.utf8.count < 256
    else { return }
    tagMessage.unicodeScalars.append(letter)
  }
}

/// Why a character is not shown as it is.
package enum HiddenKind: String, Sendable, Hashable, CaseIterable {
  case control
  case escape
  case bidi
  case invisible
  case tag
  case variation
  case lineSeparator = "line separator"
  case noncharacter
  case invalidByte = "invalid byte"
}

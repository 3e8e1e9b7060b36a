/// A URI reference in its five parts (RFC 3986); any text can be split, so nothing fails here.
struct SchemaURI: Sendable, Hashable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  init(_ text: String) {
    var rest = Substring(text)
    fragment = Self.cutTail(&rest, at: "#")
    query = Self.cutTail(&rest, at: "?")
    scheme = Self.cutScheme(&rest)
    if rest.utf8.starts(with: "//".utf8) {
      rest = Substring(rest.utf8.dropFirst(2))
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = String(rest[..<end])
      rest = rest[end...]
    }
    path = String(rest)
  }

  private static func cutTail(_ rest: inout Substring, at mark: Unicode.Scalar) -> String? {
    guard let index = rest.utf8.firstIndex(of: UInt8(ascii: mark)) else { return nil }
    let tail = String(rest[rest.utf8.index(after: index)...])
    rest = rest[..<index]
    return tail
  }

  private static func cutScheme(_ rest: inout Substring) -> String? {
    guard let first = rest.utf8.first, ASCII.isLetter(first),
      let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let name = rest[..<colon]
    let isScheme = name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "+-.".utf8.contains($0) }
    guard isScheme else { return nil }
    rest = rest[rest.utf8.index(after: colon)...]
    return name.lowercased()
  }

  var text: String {
    var text = scheme.map { $0 + ":" } ?? ""
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }

  /// Without its fragment: what names a document.
  var document: String {
    var copy = self
    copy.fragment = nil
    return copy.text
  }
}

// MARK: - Resolution

extension SchemaURI {
  /// What a reference means where this is the base (RFC 3986 §5.2).
  func resolving(_ reference: String) -> SchemaURI {
    var target = SchemaURI(reference)
    if target.scheme != nil { return target.normalized() }
    let isHere = target.authority == nil
    if isHere {
      if target.path.isEmpty {
        target.path = path
        target.query = target.query ?? query
      } else if !target.path.hasPrefix("/") {
        target.path = merged(with: target.path)
      }
      target.authority = authority
    }
    target.scheme = scheme
    return target.normalized()
  }

  private func merged(with relative: String) -> String {
    if authority != nil && path.isEmpty { return "/" + relative }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
    return path[...slash] + relative
  }

  /// Dot segments are walked away, except in opaque paths such as those of `urn:`.
  private func normalized() -> SchemaURI {
    guard path.hasPrefix("/"), path.contains("/.") else { return self }
    var output: [Substring] = []
    let slash = UInt8(ascii: "/")
    let segments = path.utf8.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
      .map { Substring($0) }
    for segment in segments {
      switch segment {
      case ".": continue
      case "..": if !output.isEmpty { output.removeLast() }
      default: output.append(segment)
      }
    }
    var copy = self
    let endsOpen = segments.last == "." || segments.last == ".."
    copy.path = "/" + output.joined(separator: "/") + (endsOpen && !output.isEmpty ? "/" : "")
    return copy
  }
}

// MARK: - Fragments

extension SchemaURI {
  /// The fragment with its percent escapes undone; nil where they make no text.
  var decodedFragment: String? {
    guard let fragment, fragment.utf8.contains(UInt8(ascii: "%")) else { return fragment ?? "" }
    var bytes: [UInt8] = []
    var rest = Substring(fragment).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Text as it may stand in a fragment.
  static func fragment(_ pointer: String) -> String {
    var output = ""
    for byte in pointer.utf8 {
      if isFragmentByte(byte) {
        output.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output += (byte < 16 ? "%0" : "%") + digits
      }
    }
    return output
  }

  private static func isFragmentByte(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || "-._~!$&'()*+,;=:@/?".utf8.contains(byte)
  }
}

/// Masks the secrets in text that is about to be shown, logged or written to a report.
package enum Redaction {
  /// A header's value with its secret part masked; other headers still lose secrets in URLs and known token forms.
  package static func header(_ name: String, _ value: String) -> String {
    switch SecretNames.shape(ofHeader: name) {
    case .whole: Secret.mask
    case .credentials: credentials(value)
    case .cookies: cookies(value, attributes: false)
    case .setCookie: cookies(value, attributes: true)
    case nil: text(value)
    }
  }

  /// `Name: value` as it stands in a dump of a message head; a line without a colon is treated as text.
  package static func headerLine(_ line: String) -> String {
    guard let colon = line.firstIndex(of: ":"), !line[..<colon].contains(" ") else {
      return text(line)
    }
    let rest = line[line.index(after: colon)...]
    let value = rest.drop { $0 == " " || $0 == "\t" }
    let gap = rest[..<value.startIndex]
    return line[...colon] + gap + header(String(line[..<colon]), String(value))
  }

  /// Any text: URLs lose user info and secret parameters, known token forms are masked.
  package static func text(_ raw: String) -> String {
    guard SecretHints.mayHoldSecret(raw) else { return raw }
    var masked = raw.contains("=") || raw.contains("://") ? url(raw) : raw
    masked = TokenForms.mask(in: masked)
    return masked
  }

  /// A URL or form body: `user:pass@` and the values of secret parameters masked, everything else as it was.
  package static func url(_ raw: String) -> String {
    guard raw.utf8.contains(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "@") }) else {
      return raw
    }
    return maskParameters(maskUserInfo(raw))
  }

  // MARK: - Parts

  private static func credentials(_ value: String) -> String {
    guard let space = value.firstIndex(of: " ") else { return Secret.mask }
    return value[..<space] + " " + Secret.mask
  }

  private static func cookies(_ value: String, attributes: Bool) -> String {
    let parts = value.split(separator: ";", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      guard !attributes || index == 0, let equals = part.firstIndex(of: "=") else {
        return attributes && index > 0 ? String(part) : Secret.mask
      }
      return part[...equals] + Secret.mask
    }.joined(separator: ";")
  }

  private static func maskUserInfo(_ raw: String) -> String {
    var output = ""
    var rest = raw[...]
    while let scheme = rest.firstRange(of: "://") {
      output += rest[..<scheme.upperBound]
      rest = rest[scheme.upperBound...]
      let authority = rest.prefix { !"/?# \t\n\"'<>".contains($0) }
      guard let at = authority.lastIndex(of: "@") else { continue }
      let user = authority[..<at]
      let name = user.firstIndex(of: ":").map { user[...$0] } ?? user[..<user.startIndex]
      output += name + Secret.mask
      rest = rest[at...]
    }
    return output + rest
  }

  private static func maskParameters(_ raw: String) -> String {
    var output = ""
    var name = ""
    var masking = false
    // A value in quotes goes on to the same quote.
    var quote: Character?
    var before: Character?
    for character in raw {
      defer { before = character }
      if let open = quote {
        if character == open { (quote, masking) = (nil, false) }
      } else if masking, before == "=", character == "'" || character == "\"" {
        quote = character
      } else if "&?;# \t\n\"'<>,".contains(character) {
        (name, masking) = ("", false)
        output.append(character)
      } else if masking {
        continue
      } else if character == "=", SecretNames.isSecret(name) {
        output += "=" + Secret.mask
        masking = true
      } else {
        if character == "=" { name = "" } else { name.append(character) }
        output.append(character)
      }
    }
    return output
  }
}

extension Substring {
  /// The first place of a short needle; the standard library's own search wants a regex engine.
  fileprivate func firstRange(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

/// What a command is pointed at, as it was written.
package enum Target: Sendable, Hashable {
  /// An `http` or `https` address.
  case url(String)
  /// A program with its arguments, and the assignments written in front of it.
  case command([String], environment: [NamedValue])
  /// `@name`: an entry of the server catalog.
  case catalog(String)
  /// `demo:NAME`: one of the built-in systems.
  case demo(String)
}

// MARK: - Parsing

extension Target {
  /// Reads the one word that names a target.
  package static func parse(_ text: String) throws(TargetError) -> Target {
    let text = text.trimmed
    guard !text.isEmpty else { throw .empty }
    if text.hasPrefix("@") { return .catalog(try name(after: "@", in: text)) }
    if text.hasPrefix("demo:") { return .demo(try name(after: "demo:", in: text)) }
    if let scheme = scheme(of: text) { return .url(try url(text, scheme: scheme)) }
    if looksLikeAddress(text) { throw .addressWithoutScheme(text) }
    return try parse(commandLine: text)
  }

  /// The words after `--`, which nothing splits or unquotes again.
  package static func parse(command words: [String]) throws(TargetError) -> Target {
    try command(words)
  }

  private static func parse(commandLine text: String) throws(TargetError) -> Target {
    let words: [String]
    do throws(ShellWords.Problem) {
      words = try ShellWords.split(text)
    } catch {
      throw .commandLine(error)
    }
    return try command(words)
  }

  /// `NAME=value` words before the program are its environment, as documents write them.
  private static func command(_ words: [String]) throws(TargetError) -> Target {
    let assignments = words.prefix { assignment($0) != nil }
    let rest = Array(words[assignments.endIndex...])
    guard let program = rest.first, !program.isEmpty else { throw .noProgram }
    return .command(rest, environment: assignments.compactMap(assignment))
  }

  private static func assignment(_ word: String) -> NamedValue? {
    guard let equals = word.firstIndex(of: "="), NamedValue.isVariableName(word[..<equals]) else {
      return nil
    }
    return NamedValue(String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  private static func name(after prefix: String, in text: String) throws(TargetError) -> String {
    let name = String(text.dropFirst(prefix.count))
    guard canName(name) else { throw .noName(prefix) }
    return name
  }

  /// Clients name servers as they like, blanks included; only those around a name would be lost.
  package static func canName(_ name: String) -> Bool { !name.isEmpty && name.trimmed == name }

  // MARK: - Addresses

  private static func scheme(of text: String) -> String? {
    guard let end = text.firstRange(of: "://")?.lowerBound, end > text.startIndex,
      text[..<end].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
    else { return nil }
    return text[..<end].lowercased()
  }

  private static func url(_ text: String, scheme: String) throws(TargetError) -> String {
    guard scheme == "http" || scheme == "https" else { throw .scheme(scheme, in: text) }
    if let problem = URLProblem.first(in: text) { throw .url(text, problem) }
    return text
  }

  /// `localhost:3000/mcp`, `mcp.example.com/mcp`: nobody's program is called so.
  private static func looksLikeAddress(_ text: String) -> Bool {
    guard !text.contains(where: { $0.isWhitespace || "'\"\\=".contains($0) }) else { return false }
    let authority = text.prefix { !"/?#".contains($0) }
    let hasPath = authority.endIndex < text.endIndex
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, isHost(host) else { return false }
    if parts.count == 2 {
      return !parts[1].isEmpty && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
    }
    return parts.count == 1 && hasPath && host.contains(".") && !host.hasPrefix(".")
  }

  private static func isHost(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
  }
}

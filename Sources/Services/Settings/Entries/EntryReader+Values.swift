import JSON

// Values as they are meant: a number where a text belongs is told and taken.
extension EntryReader {
  mutating func string(_ member: ConfigNode.Member) -> String? {
    if let string = member.node.string { return string }
    note(
      .error, .wrongValue(expected: "a string", found: member.node.kindWord), member.key,
      member.node.position)
    return Self.text(of: member.node)
  }

  mutating func bool(_ member: ConfigNode.Member) -> Bool? {
    if let bool = member.node.bool { return bool }
    note(
      .warning, .wrongValue(expected: "true or false", found: member.node.kindWord), member.key,
      member.node.position)
    return ["true": true, "false": false][member.node.string ?? ""]
  }

  mutating func number(_ member: ConfigNode.Member) -> Double? {
    if let number = member.node.number, number.isFinite, number > 0 { return number }
    note(
      .warning, .wrongValue(expected: "a positive number", found: member.node.kindWord),
      member.key, member.node.position)
    return nil
  }

  /// A list of texts; one text is split as a command line.
  mutating func strings(_ member: ConfigNode.Member) -> [String] {
    guard let elements = member.node.elements else {
      note(
        .error, .wrongValue(expected: "a list of strings", found: member.node.kindWord),
        member.key, member.node.position)
      return member.node.string.map(Self.words) ?? []
    }
    return elements.enumerated().compactMap { index, element in
      if let string = element.string { return string }
      note(
        .error, .wrongValue(expected: "a string", found: element.kindWord),
        "\(member.key)[\(index)]", element.position)
      return Self.text(of: element)
    }
  }

  /// An object of texts; a list of `NAME=value` or `Name: value` is understood too.
  mutating func pairs(_ member: ConfigNode.Member) -> [NamedValue] {
    guard let members = member.node.members else {
      note(
        .error, .wrongValue(expected: "an object of strings", found: member.node.kindWord),
        member.key, member.node.position)
      return member.node.elements?.compactMap { $0.string.flatMap(Self.pair) } ?? []
    }
    return members.compactMap { inner in
      if inner.node.isNull { return nil }
      if let string = inner.node.string { return NamedValue(inner.key, string) }
      note(
        .error, .wrongValue(expected: "a string", found: inner.node.kindWord),
        "\(member.key).\(inner.key)", inner.node.position)
      return Self.text(of: inner.node).map { NamedValue(inner.key, $0) }
    }
  }

  private static func pair(_ text: String) -> NamedValue? {
    guard let mark = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    return NamedValue(
      String(text[..<mark]).trimmed, String(text[text.index(after: mark)...]).trimmed)
  }

  private static func text(of node: ConfigNode) -> String? {
    switch node.value {
    case .scalar(.number(let number), _): number.text
    case .scalar(.bool(let value), _): "\(value)"
    default: nil
    }
  }

  // MARK: - Commands

  /// A program's name; a list with its arguments; or an object of both.
  mutating func takeCommand(_ member: ConfigNode.Member) {
    if let elements = member.node.elements {
      if !shape.commandIsList {
        note(
          .error, .wrongValue(expected: "a string", found: "an array"), member.key,
          member.node.position)
      }
      let words = elements.compactMap(\.string)
      definition.command = words.first
      definition.arguments = words.dropFirst() + definition.arguments
    } else if let members = member.node.members {
      for inner in members { takeCommandPart(inner) }
    } else if let text = string(member) {
      takeCommandLine(text, member)
    }
  }

  private mutating func takeCommandPart(_ member: ConfigNode.Member) {
    switch member.key {
    case "path", "command": definition.command = string(member)
    case "args": definition.arguments += strings(member)
    case "env": if !member.node.isNull { definition.environment += pairs(member) }
    default: definition.rest.members.append(.init(key: member.key, value: member.node.json))
    }
  }

  private static let runners: Set<String> = [
    "npx", "bunx", "uvx", "uv", "node", "python", "python3", "docker", "deno", "bun", "pnpm", "npm",
  ]

  /// `"npx -y server"` as a program's name is a mistake; a path with a space in it is none.
  private mutating func takeCommandLine(_ text: String, _ member: ConfigNode.Member) {
    let words = Self.words(text)
    guard words.count > 1, let first = words.first, Self.runners.contains(first) else {
      definition.command = text.isEmpty ? nil : text
      return
    }
    let severity: ConfigFinding.Severity = shape.commandIsList ? .error : .warning
    note(severity, .commandNeedsSplitting(text), member.key, member.node.position)
    definition.command = first
    definition.arguments = words.dropFirst() + definition.arguments
  }

  private static func words(_ text: String) -> [String] {
    do throws(ShellWords.Problem) {
      return try ShellWords.split(text)
    } catch {
      return [text]
    }
  }
}

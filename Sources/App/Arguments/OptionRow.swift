/// One option: `--name`, perhaps `-n`, with a value or as a flag.
package struct OptionRow: Sendable, Hashable {
  package let name: String
  package let short: Character?
  /// Nil for a flag.
  package let value: ValueRow?
  package let repeats: Bool
  package let isRequired: Bool
  package let help: String

  package init(
    _ name: String, short: Character? = nil, takes value: ValueRow? = nil, repeats: Bool = false,
    isRequired: Bool = false, help: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.repeats = repeats
    self.isRequired = isRequired
    self.help = help
  }

  /// As it is typed: `--name`.
  package var flag: String { "--\(name)" }

  /// As help shows it: `-n, --name VALUE`.
  package var usage: String {
    (short.map { "-\($0), " } ?? "") + flag + (value.map { " \($0.name)" } ?? "")
  }

  /// Every command has it.
  package static let help = OptionRow("help", short: "h", help: "Show help and exit")
}

/// One word of the command line that is named by its place.
package struct PositionalRow: Sendable, Hashable {
  package enum Count: Sendable, Hashable {
    case one, optional
    /// Any number, none included; only the last row of a command.
    case any
  }

  package let value: ValueRow
  package let count: Count
  /// Absent when a command line follows `--` and stands in its stead.
  package let yieldsToRest: Bool
  package let help: String

  package init(
    _ value: ValueRow, _ count: Count = .one, yieldsToRest: Bool = false, help: String
  ) {
    self.value = value
    self.count = count
    self.yieldsToRest = yieldsToRest
    self.help = help
  }

  package var name: String { value.name }

  package var usage: String {
    switch count {
    case .one: name
    case .optional: "[\(name)]"
    case .any: "[\(name)…]"
    }
  }
}

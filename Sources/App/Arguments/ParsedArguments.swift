/// A command line that fits its command's rows; read through those same rows.
package struct ParsedArguments: Sendable, Equatable {
  package let command: CommandRow
  var optionValues: [String: [String]] = [:]
  var positionalValues: [String: [String]] = [:]
  /// The words after `--`, where the command has a use for them.
  package internal(set) var rest: [String] = []

  init(command: CommandRow) { self.command = command }

  /// Whether the option was given at all.
  package func has(_ row: OptionRow) -> Bool { optionValues[row.name] != nil }

  package subscript(row: OptionRow) -> String? { optionValues[row.name]?.last }
  package subscript(row: PositionalRow) -> String? { positionalValues[row.name]?.first }

  /// Every value of an option that repeats, in the order given.
  package func all(_ row: OptionRow) -> [String] { optionValues[row.name] ?? [] }
  package func all(_ row: PositionalRow) -> [String] { positionalValues[row.name] ?? [] }

  /// The value of an `.integer` option.
  package func integer(_ row: OptionRow) -> Int? { self[row].flatMap { Int($0) } }

  /// The value of a `.seconds` option.
  package func duration(_ row: OptionRow) -> Duration? { self[row].flatMap(ValueKind.seconds) }

  /// The value of a `.seconds` option that is compared with measured times, which are shorter than those one waits.
  package func span(_ row: OptionRow) -> Duration? { self[row].flatMap(ValueKind.measured) }
}

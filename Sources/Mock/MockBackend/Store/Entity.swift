package import JSONSchema

/// A kind of record: its table, its columns, and by what it is found.
package final class Entity: Sendable {
  package let name: String
  /// How one of them is called in a sentence.
  package let noun: String
  package let columns: [Column]
  /// What ids of it begin with; without it they are UUIDs.
  let prefix: String?
  private let indexes: [String]
  private let places: [String: Int]
  /// The statement that writes one; made once, for many are written.
  let insertion: String

  package init(
    _ name: String, called noun: String? = nil, prefix: String? = nil, _ columns: [Column],
    indexes: [String] = []
  ) {
    self.name = name
    self.noun = noun ?? name.replacing("_", with: " ")
    self.prefix = prefix
    self.columns = columns
    self.indexes = indexes
    places = Dictionary(
      columns.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { $1 })
    let names = columns.map(\.name).joined(separator: ", ")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    insertion = "INSERT INTO \(name) (\(names)) VALUES (\(marks))"
  }

  func place(_ column: String) -> Int? { places[column] }

  /// A record of it as callers get it.
  package var schema: Schema { schema(adding: []) }

  /// With members that are worked out besides the columns.
  package func schema(adding members: [SchemaMember]) -> Schema {
    let shown = columns.filter { !$0.isHidden }
    return .object(
      shown.map { .member($0.name, .required, nil, $0.schema) } + members)
  }
}

// MARK: - Statements

extension Entity {
  var creation: [String] {
    let table =
      "CREATE TABLE \(name) (\(columns.map(\.declaration).joined(separator: ", ")))"
    return [table]
      + indexes.enumerated().map { place, columns in
        "CREATE INDEX \(name)_\(place) ON \(name) (\(columns))"
      }
  }

  var names: String { columns.map(\.name).joined(separator: ", ") }
}

extension Entity: Hashable {
  package static func == (left: Entity, right: Entity) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

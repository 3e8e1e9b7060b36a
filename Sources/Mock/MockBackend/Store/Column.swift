import JSON
package import JSONSchema

/// What a kind of record keeps under one name, and how people and programs read it.
package struct Column: Sendable {
  package enum Kind: Sendable, Hashable {
    case text
    case integer
    case number
    case flag
    /// A day of the calendar.
    case date
    /// A moment.
    case time
    /// A list of texts.
    case list
    /// Any JSON value.
    case document
    case choice([String])
  }

  package let name: String
  package let kind: Kind
  package let summary: String
  package private(set) var isOptional = false
  /// Kept for the store's own use and never shown.
  package private(set) var isHidden = false
  /// What an optional value is, where the schema says more than the kind.
  private(set) var example: String?

  private init(_ name: String, _ kind: Kind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }

  package var optional: Column { changed { $0.isOptional = true } }
  package var hidden: Column { changed { $0.isHidden = true } }
  package func like(_ example: String) -> Column { changed { $0.example = example } }

  private func changed(_ change: (inout Column) -> Void) -> Column {
    var copy = self
    change(&copy)
    return copy
  }
}

// MARK: - Making

extension Column {
  package static let id = Column("id", .text, "Id")
  package static let org = Column("org_id", .text, "Organization").hidden

  package static func text(_ name: String, _ summary: String) -> Column {
    Column(name, .text, summary)
  }
  package static func integer(_ name: String, _ summary: String) -> Column {
    Column(name, .integer, summary)
  }
  package static func number(_ name: String, _ summary: String) -> Column {
    Column(name, .number, summary)
  }
  package static func flag(_ name: String, _ summary: String) -> Column {
    Column(name, .flag, summary)
  }
  package static func date(_ name: String, _ summary: String) -> Column {
    Column(name, .date, summary).like("2026-08-14")
  }
  package static func time(_ name: String, _ summary: String) -> Column {
    Column(name, .time, summary)
  }
  package static func list(_ name: String, _ summary: String) -> Column {
    Column(name, .list, summary)
  }
  package static func document(_ name: String, _ summary: String) -> Column {
    Column(name, .document, summary)
  }
  package static func choice(_ name: String, _ values: [String], _ summary: String) -> Column {
    Column(name, .choice(values), summary)
  }
}

// MARK: - Two languages

extension Column {
  /// The column in the store.
  var declaration: String {
    let type =
      switch kind {
      case .integer, .flag, .time: "INTEGER"
      case .number: "REAL"
      case .text, .date, .list, .document, .choice: "TEXT"
      }
    let key = name == "id" ? " PRIMARY KEY" : ""
    return "\(name) \(type)\(key)\(isOptional || name == "id" ? "" : " NOT NULL")"
  }

  /// The value as callers get it.
  package var schema: Schema {
    let plain: Schema =
      switch kind {
      case .text: .string
      case .integer: .integer
      case .number: .number
      case .flag: .boolean
      case .date: .string(format: "date")
      case .time: .string(format: "date-time")
      case .list: .list(of: .string)
      case .document: .any
      case .choice(let values): .choice(values)
      }
    let described = plain.described(summary)
    guard isOptional, kind != .document else { return described }
    // A closed list of words would refuse null.
    guard case .choice(let values) = kind else { return described.nullable() }
    return .string.nullable().with("enum", .array(values.map { .string($0) } + [.null]))
      .described(summary)
  }
}

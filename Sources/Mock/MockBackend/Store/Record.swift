package import Database
import EventLoop
package import JSON

/// One record, its values in the order of its kind's columns.
package struct Record: Sendable {
  package let entity: Entity
  private(set) var values: [SQLValue]

  init(_ entity: Entity, _ row: SQLRow) {
    self.entity = entity
    values = row.values
  }

  package init(_ entity: Entity, _ fields: [String: SQLValue] = [:]) {
    self.entity = entity
    values = entity.columns.map { fields[$0.name] ?? .null }
  }

  package subscript(column: String) -> SQLValue {
    get { entity.place(column).map { values[$0] } ?? .null }
    set { if let place = entity.place(column) { values[place] = newValue } }
  }

  package var id: String { text("id") }
  package func text(_ column: String) -> String { self[column].text ?? "" }
  package func integer(_ column: String) -> Int { Int(self[column].integer ?? 0) }
  package func number(_ column: String) -> Double { self[column].real ?? 0 }
  package func flag(_ column: String) -> Bool { self[column].integer == 1 }
  package func day(_ column: String) -> Day? { self[column].text.flatMap(Day.init) }
  package func document(_ column: String) -> JSON { Self.read(self[column].text) }

  static func read(_ text: String?) -> JSON {
    guard let text else { return .null }
    do throws(JSONError) { return try JSON.parse(text) } catch { return .string(text) }
  }

  /// As callers get it.
  package var json: JSONObject {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(values.count)
    for (column, value) in zip(entity.columns, values) where !column.isHidden {
      members.append(.init(key: column.name, value: Self.shown(value, column.kind)))
    }
    return JSONObject(members: members)
  }

  private static func shown(_ value: SQLValue, _ kind: Column.Kind) -> JSON {
    switch (value, kind) {
    case (.null, _): .null
    case (.integer(let value), .flag): .bool(value == 1)
    case (.integer(let value), .time): .string(WallTime(microseconds: value).description)
    case (.text(let text), .list), (.text(let text), .document): read(text)
    case (.text(let text), _): .string(text)
    case (.integer(let value), _): .number(JSONNumber(value))
    case (.real(let value), _): .number(JSONNumber(value))
    case (.blob, _): .null
    }
  }
}

extension SQLValue {
  /// A list or document as it is kept.
  package static func json(_ value: JSON) -> SQLValue { .text(value.compact) }
  package static func list(_ values: [String]) -> SQLValue {
    .json(.array(values.map(JSON.string)))
  }
  package static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
  package static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
}

/// A value as it goes into or comes out of a column.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension SQLValue {
  package var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

  package var real: Double? {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  package var text: String? { if case .text(let value) = self { value } else { nil } }
  package var blob: [UInt8]? { if case .blob(let value) = self { value } else { nil } }
  package var isNull: Bool { self == .null }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(floatLiteral value: Double) { self = .real(value) }
  package init(nilLiteral: ()) { self = .null }
}

/// One row of an answer: its values in the order of the columns that were asked for.
package struct SQLRow: Sendable, Hashable {
  package let values: [SQLValue]

  package init(values: [SQLValue]) { self.values = values }

  /// The value of that column, null where the row is shorter.
  package subscript(column: Int) -> SQLValue {
    values.indices.contains(column) ? values[column] : .null
  }
}

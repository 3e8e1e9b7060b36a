import CSQLite

extension SQLiteConnection {
  func bind(_ values: [SQLValue], to statement: OpaquePointer) throws(DatabaseError) {
    for (index, value) in values.enumerated() {
      let code = Self.bind(value, at: Int32(index + 1), of: statement)
      guard code == SQLITE_OK else {
        let words = sqlite3_errstr(code).map { String(cString: $0) } ?? ""
        throw DatabaseError(.other, store: "parameter \(index + 1)", detail: words)
      }
    }
  }

  private static func bind(
    _ value: SQLValue, at index: Int32, of statement: OpaquePointer
  ) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          // A null pointer binds NULL; the empty string is another value.
          guard let start = $0.baseAddress else {
            return al_sqlite_bind_text(statement, index, "", 0)
          }
          return al_sqlite_bind_text(statement, index, start, Int64($0.count))
        }
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else {
          return sqlite3_bind_zeroblob(statement, index, 0)
        }
        return al_sqlite_bind_blob(statement, index, start, Int64(bytes.count))
      }
    }
  }

  static func row(of statement: OpaquePointer) -> SQLRow {
    SQLRow(values: (0..<sqlite3_column_count(statement)).map { value(of: statement, at: $0) })
  }

  private static func value(of statement: OpaquePointer, at column: Int32) -> SQLValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT: .text(String(decoding: bytes(of: statement, at: column), as: UTF8.self))
    case SQLITE_BLOB: .blob(Array(bytes(of: statement, at: column)))
    default: .null
    }
  }

  private static func bytes(
    of statement: OpaquePointer, at column: Int32
  ) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }
}

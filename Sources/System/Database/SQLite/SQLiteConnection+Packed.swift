import CSQLite

extension SQLiteConnection {
  package func insert(_ statement: String, _ row: SQLPackedRow) throws(DatabaseError) {
    let statement = try prepared(statement)
    // What is bound lies in the row: nothing of it may stay bound longer than the row is there.
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    let code = row.block.withUnsafeBytes { block in
      var code = SQLITE_OK
      for index in row.cells.indices where code == SQLITE_OK {
        code = Self.bind(row.cells[index], of: block, at: Int32(index + 1), to: statement)
      }
      return code == SQLITE_OK ? sqlite3_step(statement) : code
    }
    guard code == SQLITE_DONE else { throw failure(code) }
  }

  private static func bind(
    _ cell: SQLPackedRow.Cell, of block: UnsafeRawBufferPointer, at index: Int32,
    to statement: OpaquePointer
  ) -> Int32 {
    switch cell {
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .text(let place):
      // A null pointer would bind NULL; the empty text is another value.
      guard let start = block.baseAddress, !place.isEmpty else {
        return al_sqlite_bind_text(statement, index, "", 0)
      }
      let text = start.advanced(by: place.lowerBound).assumingMemoryBound(to: CChar.self)
      return sqlite3_bind_text64(
        statement, index, text, sqlite3_uint64(place.count), nil, UInt8(SQLITE_UTF8))
    case .blob(let place):
      guard let start = block.baseAddress, !place.isEmpty else {
        return sqlite3_bind_zeroblob(statement, index, 0)
      }
      return sqlite3_bind_blob64(
        statement, index, start.advanced(by: place.lowerBound), sqlite3_uint64(place.count), nil)
    }
  }
}

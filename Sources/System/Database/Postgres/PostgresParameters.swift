import CPostgres

/// Values on their way to the server and back.
enum PostgresParameters {

  /// Numbers go as text, whose type the server takes from where they stand; bytes go as they are.
  static func with<Outcome>(
    _ values: [SQLValue],
    _ body: (
      Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> Outcome
  ) -> Outcome {
    let texts = values.map(bytes)
    var offsets: [Int?] = []
    var all: [CChar] = []
    for text in texts {
      offsets.append(text == nil ? nil : all.count)
      all += (text ?? []).map { CChar(bitPattern: $0) } + [0]
    }
    let lengths = texts.map { Int32($0?.count ?? 0) }
    let binary = values.map { if case .blob = $0 { Int32(1) } else { Int32(0) } }
    return all.withUnsafeBufferPointer { buffer in
      let pointers = offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) }
      }
      return body(Int32(values.count), pointers, lengths, binary)
    }
  }

  private static func bytes(_ value: SQLValue) -> [UInt8]? {
    switch value {
    case .null: nil
    case .integer(let value): Array(String(value).utf8)
    case .real(let value): Array(String(value).utf8)
    // The server knows no NUL in a text; it would end the parameter.
    case .text(let value): value.utf8.filter { $0 != 0 }
    case .blob(let value): value
    }
  }

  // MARK: - Rows

  static func row(_ row: Int32, of result: OpaquePointer) -> SQLRow {
    SQLRow(values: (0..<cpg_columns(result)).map { value(row, $0, of: result) })
  }

  private static func value(_ row: Int32, _ column: Int32, of result: OpaquePointer) -> SQLValue {
    guard cpg_is_null(result, row, column) == 0 else { return .null }
    let bytes = UnsafeRawBufferPointer(
      start: cpg_value(result, row, column), count: Int(cpg_length(result, row, column)))
    switch cpg_type(result, column) {
    case 16, 20, 21, 23: return .integer(integer(bytes))
    case 701: return .real(Double(bitPattern: UInt64(bitPattern: integer(bytes))))
    case 17: return .blob(Array(bytes))
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Big-endian, of one to eight bytes, with its sign.
  private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - 8 * UInt64(min(bytes.count, 8))
    return Int64(bitPattern: bits << unused) >> Int64(unused)
  }
}

import JSON

/// What draft 7 lets a validator judge besides formats: Base64 and JSON within strings.
struct ContentCheck: SchemaCheck {
  let isBase64: Bool
  let isJSON: Bool

  init?(_ reader: SchemaReader) {
    guard reader.compiler.assertsFormats, reader.dialect.draft == .draft7 else { return nil }
    isBase64 = reader.string("contentEncoding")?.lowercased() == "base64"
    isJSON = reader.string("contentMediaType")?.lowercased() == "application/json"
    if !isBase64 && !isJSON { return nil }
  }

  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool {
    guard case .string(let text) = value else { return true }
    guard let bytes = isBase64 ? Base64.decode(text) : Array(text.utf8) else {
      return run.fail(.format("Base64"), keyword: "contentEncoding")
    }
    return !isJSON || Self.isJSON(bytes)
      || run.fail(.format("JSON"), keyword: "contentMediaType")
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    do throws(JSONError) {
      _ = try JSON.parse(bytes)
      return true
    } catch {
      return false
    }
  }
}

/// RFC 4648 §4, padded.
enum Base64 {
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
    let padding = text.utf8.dropFirst(digits.count)
    guard text.utf8.count % 4 == 0, padding.count <= 2,
      padding.allSatisfy({ $0 == UInt8(ascii: "=") })
    else { return nil }
    for byte in digits {
      guard let value = value(byte) else { return nil }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

/// A value of the bus's wire format, as far as the Secret Service needs it.
indirect enum BusValue: Hashable, Sendable {
  case byte(UInt8)
  case flag(Bool)
  case number(UInt32)
  case text(String)
  case path(String)
  case signature(String)
  /// Elements of one type, which is named for an array without any.
  case array(of: String, [BusValue])
  case structure([BusValue])
  case pair(BusValue, BusValue)
  case variant(BusValue)
  /// A kind that is read past.
  case other

  static func bytes(_ bytes: [UInt8]) -> BusValue { .array(of: "y", bytes.map(BusValue.byte)) }

  static func texts(_ texts: [(String, String)]) -> BusValue {
    .array(of: "{ss}", texts.map { .pair(.text($0.0), .text($0.1)) })
  }

  var signature: String {
    switch self {
    case .byte: "y"
    case .flag: "b"
    case .number: "u"
    case .text: "s"
    case .path: "o"
    case .signature: "g"
    case .array(let element, _): "a" + element
    case .structure(let fields): "(" + fields.map(\.signature).joined() + ")"
    case .pair(let key, let value): "{" + key.signature + value.signature + "}"
    case .variant: "v"
    case .other: ""
    }
  }

  // MARK: - What is expected of an answer

  var path: String? {
    guard case .path(let path) = self else { return nil }
    return path
  }

  var paths: [String] { elements.compactMap(\.path) }

  /// The elements of an array, the fields of a structure.
  var elements: [BusValue] {
    switch self {
    case .array(_, let values), .structure(let values): values
    default: []
    }
  }

  var bytes: [UInt8] {
    elements.compactMap { value in
      guard case .byte(let byte) = value else { return nil }
      return byte
    }
  }
}

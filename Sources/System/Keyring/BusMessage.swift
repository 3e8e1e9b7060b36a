/// A message of the bus: a call that is sent, or what comes in.
struct BusMessage: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    case call = 1
    case answer = 2
    case error = 3
    case signal = 4
  }

  var kind: Kind
  var serial: UInt32
  /// The serial of the call that this answers.
  var answers: UInt32?
  var path: String?
  var interface: String?
  var member: String?
  var errorName: String?
  var destination: String?
  var body: [BusValue] = []

  init(_ kind: Kind, serial: UInt32) {
    self.kind = kind
    self.serial = serial
  }

  /// The letters of the header's fields.
  private enum Field: UInt8 {
    case path = 1
    case interface = 2
    case member = 3
    case errorName = 4
    case answers = 5
    case destination = 6
    case signature = 8
  }

  // MARK: - Out

  var written: [UInt8] {
    let content = BusWriter.written(body)
    var writer = BusWriter()
    for byte in [UInt8(ascii: "l"), kind.rawValue, 0, 1] { writer.write(.byte(byte)) }
    writer.number(UInt32(clamping: content.count))
    writer.number(serial)
    writer.write(.array(of: "(yv)", fields))
    writer.align(to: 8)
    return writer.bytes + content
  }

  private var fields: [BusValue] {
    var fields: [BusValue] = []
    func add(_ field: Field, _ value: BusValue?) {
      guard let value else { return }
      fields.append(.structure([.byte(field.rawValue), .variant(value)]))
    }
    add(.path, path.map(BusValue.path))
    add(.interface, interface.map(BusValue.text))
    add(.member, member.map(BusValue.text))
    add(.errorName, errorName.map(BusValue.text))
    add(.answers, answers.map(BusValue.number))
    add(.destination, destination.map(BusValue.text))
    let types = body.map(\.signature).joined()
    add(.signature, types.isEmpty ? nil : .signature(types))
    return fields
  }

  // MARK: - In

  /// The bytes that tell how long a message is.
  static let headSize = 16
  private static let sizeLimit = 1 << 20

  /// How long the whole message is; nil for one that cannot be read here.
  static func size(ofHead head: [UInt8]) -> Int? {
    guard head.count == headSize, head[0] == UInt8(ascii: "l") else { return nil }
    var body = BusReader(Array(head[4..<8])), fields = BusReader(Array(head[12..<16]))
    guard let body = body.number(), let fields = fields.number(), body < sizeLimit,
      fields < sizeLimit
    else { return nil }
    return headSize + (Int(fields) + 7) / 8 * 8 + Int(body)
  }

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.headSize, let kind = Kind(rawValue: bytes[1]) else { return nil }
    var reader = BusReader(bytes)
    guard let head = reader.values(Array("yyyyuua(yv)".utf8)[...]), reader.skip(to: 8),
      case .number(let serial) = head[5]
    else { return nil }
    self.init(kind, serial: serial)
    var signature = ""
    for field in head[6].elements { read(field, &signature) }
    guard let body = BusReader.values(signature, in: Array(bytes[reader.place...])) else {
      return nil
    }
    self.body = body
  }

  private mutating func read(_ field: BusValue, _ signature: inout String) {
    guard case .structure(let parts) = field, parts.count == 2, case .byte(let code) = parts[0],
      case .variant(let value) = parts[1]
    else { return }
    switch (Field(rawValue: code), value) {
    case (.path, .path(let text)): path = text
    case (.interface, .text(let text)): interface = text
    case (.member, .text(let text)): member = text
    case (.errorName, .text(let text)): errorName = text
    case (.destination, .text(let text)): destination = text
    case (.answers, .number(let number)): answers = number
    case (.signature, .signature(let text)): signature = text
    default: break
    }
  }
}

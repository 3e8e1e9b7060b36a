/// Puts values into the bus's wire format, the numbers in little-endian order.
struct BusWriter {
  private(set) var bytes: [UInt8] = []

  static func written(_ values: [BusValue]) -> [UInt8] {
    var writer = BusWriter()
    for value in values { writer.write(value) }
    return writer.bytes
  }

  mutating func align(to size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  mutating func number(_ number: UInt32) {
    align(to: 4)
    bytes += Self.parts(of: number)
  }

  mutating func write(_ value: BusValue) {
    switch value {
    case .byte(let byte): bytes.append(byte)
    case .flag(let flag): number(flag ? 1 : 0)
    case .number(let number): self.number(number)
    case .text(let text), .path(let text):
      number(UInt32(clamping: text.utf8.count))
      bytes += Array(text.utf8) + [0]
    case .signature(let text):
      bytes.append(UInt8(clamping: text.utf8.count))
      bytes += Array(text.utf8) + [0]
    case .array(let element, let values): array(values, of: element)
    case .structure(let fields): structure(fields)
    case .pair(let key, let value): structure([key, value])
    case .variant(let value):
      write(.signature(value.signature))
      write(value)
    case .other: break
    }
  }

  private mutating func structure(_ fields: [BusValue]) {
    align(to: 8)
    for field in fields { write(field) }
  }

  private mutating func array(_ values: [BusValue], of element: String) {
    number(0)
    let place = bytes.count - 4
    align(to: BusReader.alignment(of: element.utf8.first))
    let start = bytes.count
    for value in values { write(value) }
    let size = UInt32(clamping: bytes.count - start)
    bytes.replaceSubrange(place..<place + 4, with: Self.parts(of: size))
  }

  private static func parts(of number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

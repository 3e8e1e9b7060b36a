/// A body in chunks while it comes in. Extensions are skipped, trailers are checked and dropped.
struct ChunkedBody {
  private enum Place {
    case size
    case data(Int)
    case endOfData
    case trailers
    case done
  }

  private(set) var body: [UInt8] = []
  private var place = Place.size
  private var trailerBytes = 0
  private let limits: HTTPRequestLimits

  init(limits: HTTPRequestLimits) { self.limits = limits }

  /// Takes what it can from `bytes` at `position`; true once the body is whole.
  mutating func take(
    from bytes: [UInt8], at position: inout Int
  ) throws(HTTPRequestProblem) -> Bool {
    while true {
      switch place {
      case .size:
        guard let line = try line(bytes, &position, atMost: limits.chunkLineBytes) else {
          return false
        }
        try begin(size: Self.size(bytes[line]))
      case .data(let left):
        let count = min(left, bytes.count - position)
        guard count > 0 else { return false }
        body += bytes[position..<position + count]
        position += count
        place = count == left ? .endOfData : .data(left - count)
      case .endOfData:
        guard let line = try line(bytes, &position, atMost: 2) else { return false }
        guard line.isEmpty else { throw .malformedChunk }
        place = .size
      case .trailers:
        guard let line = try line(bytes, &position, atMost: limits.headBytes) else { return false }
        try trailer(bytes[line])
      case .done: return true
      }
    }
  }

  private mutating func begin(size: Int) throws(HTTPRequestProblem) {
    guard size <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
    place = size == 0 ? .trailers : .data(size)
  }

  private mutating func trailer(_ line: ArraySlice<UInt8>) throws(HTTPRequestProblem) {
    guard let first = line.first else { return place = .done }
    trailerBytes += line.count
    guard trailerBytes <= limits.headBytes else { throw .headTooLarge }
    guard !first.isBlank, let colon = line.firstIndex(of: UInt8(ascii: ":")),
      colon > line.startIndex, line[..<colon].allSatisfy(\.isToken)
    else { throw .malformedField }
  }

  /// The next line without its CRLF, once it is whole.
  private func line(
    _ bytes: [UInt8], _ position: inout Int, atMost limit: Int
  ) throws(HTTPRequestProblem) -> Range<Int>? {
    guard let feed = bytes[position...].firstIndex(of: 0x0A) else {
      guard bytes.count - position <= limit else { throw .malformedChunk }
      return nil
    }
    guard feed > position, bytes[feed - 1] == 0x0D, feed - position <= limit,
      !bytes[position..<feed - 1].contains(0x0D)
    else { throw .malformedChunk }
    defer { position = feed + 1 }
    return position..<feed - 1
  }

  private static func size(_ line: ArraySlice<UInt8>) throws(HTTPRequestProblem) -> Int {
    let digits = line.prefix { $0.hexValue != nil }
    let rest = line[digits.endIndex...]
    guard (1...15).contains(digits.count),
      rest.isEmpty || rest.first == UInt8(ascii: ";")
        || rest.first?.isBlank == true && rest.contains(UInt8(ascii: ";")),
      rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
    else { throw .malformedChunk }
    return digits.reduce(0) { $0 << 4 | Int($1.hexValue ?? 0) }
  }
}

/// Reads the lines of a complete head. Everything is refused that two readers might take for two different things.
struct RequestHeadReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: HTTPRequestLimits
  private var position = 0

  private var fields: [HTTPField] = []
  private var hosts = 0
  private var length: Int?
  private var codings = 0
  private var wantsClose = false
  private var wantsKeepAlive = false
  private var expectsContinue = false

  /// `bytes` ends with the CRLF of the last line; every line feed in it follows a carriage return.
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: HTTPRequestLimits
  ) throws(HTTPRequestProblem) -> HTTPRequestHead {
    var reader = RequestHeadReader(bytes: bytes, limits: limits)
    return try reader.head()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, limits: HTTPRequestLimits) {
    self.bytes = bytes
    self.limits = limits
    fields.reserveCapacity(16)
  }

  private mutating func head() throws(HTTPRequestProblem) -> HTTPRequestHead {
    let line = try requestLine(nextLine())
    while position < bytes.count { try field(nextLine()) }
    let target = try RequestTarget(line.target, method: line.method)
    if let authority = target.authority { replaceHost(with: authority) }
    guard hosts == 1 || line.isOld && hosts == 0 else { throw .missingHost }
    return HTTPRequestHead(
      method: line.method, target: target.path, fields: HTTPFields(fields),
      framing: try framing(line.isOld), isOldVersion: line.isOld,
      keepsAlive: line.isOld ? wantsKeepAlive && !wantsClose : !wantsClose,
      expectsContinue: expectsContinue && !line.isOld)
  }

  /// The next line without its CRLF.
  private mutating func nextLine() -> Slice<UnsafeBufferPointer<UInt8>> {
    let start = position
    position = bytes.firstLineFeed(from: position) ?? bytes.count
    position += 1
    return bytes[start..<max(start, position - 2)]
  }

  // MARK: - Request line

  private typealias Line = Slice<UnsafeBufferPointer<UInt8>>

  private func requestLine(
    _ line: Line
  ) throws(HTTPRequestProblem) -> (method: String, target: Line, isOld: Bool) {
    guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(of: 0x20), first < last,
      first > line.startIndex, line[..<first].allSatisfy(\.isToken)
    else { throw .malformedRequestLine }
    let target = line[(first + 1)..<last]
    guard !target.contains(0x20) else { throw .malformedRequestLine }
    guard target.count <= limits.targetBytes else { throw .targetTooLong }
    let isOld = try isOldVersion(line[(last + 1)...])
    let method = Self.text(line[..<first])
    guard method != "CONNECT" else { throw .unsupportedMethod }
    return (method, target, isOld)
  }

  private func isOldVersion(_ text: Line) throws(HTTPRequestProblem) -> Bool {
    let isVersion =
      text.count == 8 && text.starts(with: "HTTP/".utf8) && text[text.startIndex + 5].isDigit
      && text[text.startIndex + 6] == UInt8(ascii: ".") && text[text.startIndex + 7].isDigit
    guard isVersion else { throw .malformedRequestLine }
    guard text[text.startIndex + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
    switch text[text.startIndex + 7] {
    case UInt8(ascii: "1"): return false
    case UInt8(ascii: "0"): return true
    default: throw .unsupportedVersion
    }
  }

  // MARK: - Fields

  private mutating func field(_ line: Line) throws(HTTPRequestProblem) {
    guard fields.count < limits.fields else { throw .tooManyFields }
    guard let first = line.first, !first.isBlank else { throw .foldedField }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(\.isToken)
    else { throw .malformedField }
    let value = Self.trimmed(line[(colon + 1)...])
    guard bytes.isFieldText(value.startIndex..<value.endIndex) else { throw .malformedField }
    fields.append(HTTPField(Self.text(line[..<colon]), Self.text(value)))
    try note(name: line[..<colon], value)
  }

  /// Those few that say how the request itself is to be read.
  private mutating func note(name: Line, _ value: Line) throws(HTTPRequestProblem) {
    switch name.count {
    case 4 where Self.equal(name, "host"):
      hosts += 1
      guard RequestTarget.isAuthority(value) else { throw .malformedHost }
    case 6 where Self.equal(name, "expect"):
      guard Self.equal(value, "100-continue") else { throw .unknownExpectation }
      expectsContinue = true
    case 10 where Self.equal(name, "connection"):
      for part in value.split(separator: UInt8(ascii: ",")).map(Self.trimmed) {
        wantsClose = wantsClose || Self.equal(part, "close")
        wantsKeepAlive = wantsKeepAlive || Self.equal(part, "keep-alive")
      }
    case 14 where Self.equal(name, "content-length"): try noteLength(value)
    case 17 where Self.equal(name, "transfer-encoding"):
      codings += 1
      guard Self.equal(value, "chunked") else { throw .unsupportedCoding }
    default: break
    }
  }

  /// Digits only: a sign, a list or a blank inside is read differently by different servers.
  private mutating func noteLength(_ value: Line) throws(HTTPRequestProblem) {
    guard length == nil else { throw .repeatedLength }
    guard !value.isEmpty, value.count <= 18, value.allSatisfy(\.isDigit) else {
      throw .malformedLength
    }
    length = value.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private func framing(_ isOld: Bool) throws(HTTPRequestProblem) -> HTTPRequestHead.Framing {
    guard codings > 0 else {
      guard length ?? 0 <= limits.bodyBytes else { throw .bodyTooLarge }
      return .length(length ?? 0)
    }
    guard length == nil else { throw .lengthAndCoding }
    guard !isOld else { throw .codingInOldVersion }
    guard codings == 1 else { throw .repeatedCoding }
    return .chunked
  }

  private mutating func replaceHost(with authority: String) {
    fields.removeAll { $0.name.equalsIgnoringASCIICase("host") }
    fields.append(HTTPField("Host", authority))
    hosts = 1
  }

  // MARK: - Bytes

  private static func text(_ bytes: Line) -> String { HTTPField.text(of: bytes) }

  private static func trimmed(_ bytes: Line) -> Line {
    var rest = bytes
    while let first = rest.first, first.isBlank { rest = rest.dropFirst() }
    while let last = rest.last, last.isBlank { rest = rest.dropLast() }
    return rest
  }

  private static func equal(_ bytes: Line, _ lowercase: StaticString) -> Bool {
    lowercase.withUTF8Buffer { wanted in
      bytes.count == wanted.count && zip(bytes, wanted).allSatisfy { $0.lowercased == $1 }
    }
  }
}

package import JSON
package import JSONRPC

/// Compares the headers of an HTTP request with the message they repeat; the message is the truth.
package struct HeaderCheck {
  /// All values of a header, by its name in any case.
  package typealias Values = (_ name: String) -> [String]

  private let values: Values

  package init(_ values: @escaping Values) { self.values = values }

  /// The method, and the name where its row has one.
  package func check(_ request: RPCRequest, _ codec: any EraCodec) throws(ServerFault) {
    guard codec.features.has(.headerMirroring) else { return }
    try compare(HeaderName.method, with: .string(request.method))
    let row = MethodTable.row(request.method, in: codec.version)
    guard let key = row?.nameParameter, let name = request.params?[key]?.string else { return }
    try compare(HeaderName.name, with: .string(name))
  }

  /// The arguments that a tool's schema marks.
  package func check(_ plan: MirrorPlan, against arguments: JSON?) throws(ServerFault) {
    for parameter in plan.parameters {
      let name = MirrorPlan.headerPrefix + parameter.header
      guard let value = parameter.path.reduce(arguments, { $0?[$1] }), !value.isNull else {
        guard values(name).isEmpty else {
          throw .headerMismatch("the header \(name) has no argument beside it")
        }
        continue
      }
      try compare(name, with: value)
    }
  }

  private func compare(_ name: String, with value: JSON) throws(ServerFault) {
    let found = values(name)
    guard let first = found.first else { throw .headerMismatch("the header \(name) is missing") }
    guard found.count == 1 else { throw .headerMismatch("the header \(name) is there twice") }
    guard let decoded = HeaderValue.decode(first) else {
      throw .headerMismatch("the header \(name) is marked as base64 and is none")
    }
    let expected = Self.plain(value) ?? ""
    guard decoded == expected || Self.isSame(decoded, value) else {
      throw .headerMismatch("the header \(name) says \"\(decoded)\", the message \"\(expected)\"")
    }
  }

  private static func plain(_ json: JSON) -> String? {
    switch json {
    case .string(let text): text
    case .bool(let value): value ? "true" : "false"
    case .number(let number): number.int.map { String($0) } ?? number.text
    case .null, .array, .object: nil
    }
  }

  /// Integers are the same by their value, however they are written; text only as it stands.
  private static func isSame(_ header: String, _ value: JSON) -> Bool {
    guard case .number(let number) = value, let integer = number.int else { return false }
    return JSONNumber(text: header)?.int == integer
  }
}

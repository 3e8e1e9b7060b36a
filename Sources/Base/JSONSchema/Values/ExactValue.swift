import Glibc
import JSON

/// A value under the equality of JSON Schema: numbers by mathematical value, strings by code points, objects without order.
struct ExactValue: Sendable, Hashable {
  let json: JSON

  init(_ json: JSON) { self.json = json }

  static func == (left: ExactValue, right: ExactValue) -> Bool { same(left.json, right.json) }

  func hash(into hasher: inout Hasher) { Self.hash(json, into: &hasher) }

  static func same(_ left: JSON, _ right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)):
      a.text == b.text || ExactNumber(a.text) == ExactNumber(b.text)
    case (.string(let a), .string(let b)): ExactString(a) == ExactString(b)
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.object(let a), .object(let b)): same(a, b)
    default: false
    }
  }

  private static func same(_ left: JSONObject, _ right: JSONObject) -> Bool {
    let a = left.lastOfEach
    let b = right.lastOfEach
    guard a.count == b.count else { return false }
    return a.allSatisfy { key, value in b[key].map { same(value, $0) } ?? false }
  }

  private static func hash(_ json: JSON, into hasher: inout Hasher) {
    switch json {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let number): hasher.combine(ExactNumber(number.text))
    case .string(let text): hasher.combine(ExactString(text))
    case .array(let elements):
      hasher.combine(elements.count)
      for element in elements { hash(element, into: &hasher) }
    case .object(let object): hash(object, into: &hasher)
    }
  }

  /// Members come in any order, so their hashes are added up.
  private static func hash(_ object: JSONObject, into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in object.lastOfEach {
      var member = Hasher()
      member.combine(key)
      hash(value, into: &member)
      sum &+= member.finalize()
    }
    hasher.combine(sum)
  }
}

/// A string compared byte by byte; Swift's own equality takes composed and decomposed letters as the same.
struct ExactString: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactString, right: ExactString) -> Bool {
    let count = left.text.utf8.count
    guard count == right.text.utf8.count else { return false }
    let same = left.text.utf8.withContiguousStorageIfAvailable { a in
      right.text.utf8.withContiguousStorageIfAvailable { b in sameBytes(a, b) }
    }
    return (same ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
  }

  private static func sameBytes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let a = left.baseAddress, let b = right.baseAddress else { return left.isEmpty }
    return memcmp(a, b, left.count) == 0
  }

  func hash(into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if hashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}

extension JSONObject {
  /// The members by name; of duplicates the last one counts.
  var lastOfEach: [ExactString: JSON] {
    Dictionary(members.lazy.map { (ExactString($0.key), $0.value) }) { _, last in last }
  }

  /// The member of exactly that name.
  func exact(_ key: String) -> JSON? {
    members.last { ExactString($0.key) == ExactString(key) }?.value
  }
}

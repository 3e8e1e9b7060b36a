import JSON

/// Joins a JSON value with the places in the text it was read from.
///
/// The text has been read before, so it is known to be sound: only its shape is followed here.
struct JSONPlaces {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var column = 1

  static func node(of json: JSON, in bytes: [UInt8]) -> ConfigNode {
    var places = JSONPlaces(bytes)
    return places.node(json)
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  private var here: TextPosition { TextPosition(line: line, column: column) }

  private mutating func node(_ json: JSON) -> ConfigNode {
    skipSpace()
    let place = here
    switch json {
    case .array(let elements):
      step()
      let nodes = elements.map { element in
        let node = node(element)
        skipComma()
        return node
      }
      skipSpace()
      step()
      return ConfigNode(.array(nodes), at: place)
    case .object(let object):
      step()
      let members = object.members.map { member($0) }
      skipSpace()
      step()
      return ConfigNode(.object(members), at: place)
    case .string:
      skipString()
      return ConfigNode(.scalar(json, .plain), at: place)
    default:
      while at < bytes.count, !Self.isEnd(bytes[at]) { step() }
      return ConfigNode(.scalar(json, .plain), at: place)
    }
  }

  private mutating func member(_ member: JSONObject.Member) -> ConfigNode.Member {
    skipSpace()
    let place = here
    skipString()
    skipSpace()
    step()
    let node = node(member.value)
    skipComma()
    return ConfigNode.Member(key: member.key, keyPosition: place, node: node)
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || [0x2C, 0x5D, 0x7D, 0x2F].contains(byte)
  }

  private mutating func step() {
    guard at < bytes.count else { return }
    if bytes[at] == 0x0A {
      line += 1
      column = 1
    } else if at + 1 >= bytes.count || bytes[at + 1] & 0xC0 != 0x80 {
      column += 1
    }
    at += 1
  }

  private mutating func skipString() {
    step()
    while at < bytes.count, bytes[at] != 0x22 {
      if bytes[at] == 0x5C { step() }
      step()
    }
    step()
  }

  private mutating func skipComma() {
    skipSpace()
    if at < bytes.count, bytes[at] == 0x2C { step() }
    skipSpace()
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      if bytes[at] <= 0x20 {
        step()
      } else if bytes[at...].starts(with: [0x2F, 0x2F]) {
        while at < bytes.count, bytes[at] != 0x0A { step() }
      } else if bytes[at...].starts(with: [0x2F, 0x2A]) {
        while at < bytes.count, !bytes[at...].starts(with: [0x2A, 0x2F]) { step() }
        step()
        step()
      } else {
        return
      }
    }
  }
}

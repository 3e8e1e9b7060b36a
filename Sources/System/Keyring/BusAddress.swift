import Glibc

/// Where the user's message bus listens on this machine.
struct BusAddress: Hashable, Sendable {
  /// The bytes of the socket's name; an abstract one begins with a zero.
  let name: [UInt8]

  /// Of several addresses the first that is a socket; nil where there is none.
  init?(_ text: String) {
    for entry in text.split(separator: ";") where entry.hasPrefix("unix:") {
      for pair in entry.dropFirst("unix:".count).split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let name = Self.decoded(parts[1]) else { continue }
        if parts[0] == "path" || parts[0] == "abstract" {
          self.init(bytes: parts[0] == "path" ? name : [0] + name)
          return
        }
      }
    }
    return nil
  }

  private init(bytes: [UInt8]) { name = bytes }

  /// The bus of the user's session; nil where none is named and none lies at its usual place.
  init?(environment: [String: String]) {
    if let text = environment["DBUS_SESSION_BUS_ADDRESS"], !text.isEmpty {
      self.init(text)
      return
    }
    guard let folder = environment["XDG_RUNTIME_DIR"], !folder.isEmpty else { return nil }
    let path = "\(folder)/bus"
    guard access(path, F_OK) == 0 else { return nil }
    self.init(bytes: Array(path.utf8))
  }

  private static func decoded(_ text: Substring) -> [UInt8]? {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        out.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      out.append(value)
      rest = rest.dropFirst(2)
    }
    return out.isEmpty ? nil : out
  }
}

/// Paths of URLs: percent-encoding and dot segments.
enum WebURLPath {
  /// Encodes what must be and walks `.` and `..`, their escaped spellings included.
  static func normalized(_ path: [UInt8]) -> String {
    guard !path.isEmpty else { return "" }
    let start = path.first == UInt8(ascii: "/") ? 1 : 0
    let segments = path[start...].split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var kept: [ArraySlice<UInt8>] = []
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch Dots(segment) {
      case .none: kept.append(segment)
      case .here: if isLast { kept.append([]) }
      case .up:
        if !kept.isEmpty { kept.removeLast() }
        if isLast { kept.append([]) }
      }
    }
    let joined = kept.joined(separator: [UInt8(ascii: "/")])
    return "/" + PercentEncoding.encode(joined, .path)
  }

  private enum Dots {
    case none, here, up

    init(_ segment: ArraySlice<UInt8>) {
      guard segment.count <= 6 else {
        self = .none
        return
      }
      switch String(decoding: PercentDots.folded(segment), as: UTF8.self) {
      case ".": self = .here
      case "..": self = .up
      default: self = .none
      }
    }
  }

  private enum PercentDots {
    /// `%2e` read as a dot; nothing else is decoded, since `%2F` is no slash.
    static func folded(_ segment: ArraySlice<UInt8>) -> [UInt8] {
      let bytes = Array(segment)
      var out: [UInt8] = []
      var index = 0
      while index < bytes.count {
        let isDot = PercentEncoding.escaped(bytes, at: index) == UInt8(ascii: ".")
        out.append(isDot ? UInt8(ascii: ".") : bytes[index])
        index += isDot ? 3 : 1
      }
      return out
    }
  }
}

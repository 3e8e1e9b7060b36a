/// How many colours a terminal is given.
package enum ColorDepth: Int, Sendable, Hashable, Comparable, CaseIterable {
  case mono = 0
  case eight = 8
  case sixteen = 16
  case indexed = 256
  case direct = 24

  private var rank: Int { Self.order.firstIndex(of: self) ?? 0 }
  private static let order: [ColorDepth] = [.mono, .eight, .sixteen, .indexed, .direct]

  package static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rank < right.rank }
}

/// What was asked for by `--color`.
package enum ColorRequest: String, Sendable, Hashable, CaseIterable {
  case auto
  case mono
  case sixteen = "16"
  case indexed = "256"
  case direct = "24"

  fileprivate var depth: ColorDepth? {
    switch self {
    case .auto: nil
    case .mono: .mono
    case .sixteen: .sixteen
    case .indexed: .indexed
    case .direct: .direct
    }
  }
}

extension ColorDepth {
  /// The depth by request and environment: an explicit request wins over `NO_COLOR`, that over everything else.
  /// `terminal` is the number of colours the terminal's description promises.
  package static func chosen(
    request: ColorRequest, environment: [String: String], terminal colors: Int
  ) -> ColorDepth {
    if let depth = request.depth { return colors == 0 ? .mono : depth }
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .mono }
    switch colors {
    case ..<8: return .mono
    case 8..<16: return promisesDirect(environment) ? .direct : .eight
    case 16..<256: return .sixteen
    case 256: return promisesDirect(environment) ? .direct : .indexed
    default: return .direct
    }
  }

  /// True where a description with 24-bit colours is worth trying.
  package static func wantsDirect(
    _ request: ColorRequest, _ environment: [String: String]
  ) -> Bool {
    switch request {
    case .direct: true
    case .auto:
      promisesDirect(environment) && environment["NO_COLOR"].map(\.isEmpty) ?? true
    default: false
    }
  }

  /// True where the terminal says it takes 24-bit colours, whatever its description knows of them.
  package static func promisesDirect(_ environment: [String: String]) -> Bool {
    let colorTerm = environment["COLORTERM"] ?? ""
    return colorTerm == "truecolor" || colorTerm == "24bit"
      || (environment["TERM"] ?? "").hasSuffix("-direct")
  }
}

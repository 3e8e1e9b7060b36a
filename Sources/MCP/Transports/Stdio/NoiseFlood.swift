/// Puts noise together once there is too much of it for an event a line.
struct NoiseFlood {
  /// So many are told one by one.
  private static let toldSingly = 100
  private var seen = 0

  mutating func add(_ item: StdioFraming.Item, to items: inout [StdioFraming.Item]) {
    guard case .noise(_, let size, let lines, let reason) = item else {
      return items.append(item)
    }
    seen += 1
    guard seen > Self.toldSingly,
      case .noise(let first, let before, let count, reason)? = items.last
    else { return items.append(item) }
    // The beginning stands for all of it.
    items[items.count - 1] = .noise(first, size: before + size, lines: count + lines, reason)
  }
}

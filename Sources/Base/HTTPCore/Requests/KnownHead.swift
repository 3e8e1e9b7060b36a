import Glibc

/// A head that was read, with its bytes: where they come again, so does what they say.
struct KnownHead: Sendable {
  let head: HTTPRequestHead
  private let bytes: [UInt8]

  /// Longer ones are rare, and would be kept as long as their connection.
  private static let most = 4096

  init?(_ bytes: ArraySlice<UInt8>, _ head: HTTPRequestHead) {
    guard bytes.count <= Self.most else { return nil }
    self.bytes = Array(bytes)
    self.head = head
  }

  /// With the empty line at the end, so that no longer head begins the same.
  var count: Int { bytes.count }

  func begins(_ buffer: [UInt8], at start: Int) -> Bool {
    guard buffer.count - start >= bytes.count else { return false }
    return buffer.withUnsafeBytes { buffer in
      bytes.withUnsafeBytes { bytes in
        guard let there = buffer.baseAddress, let here = bytes.baseAddress else { return false }
        return memcmp(there + start, here, bytes.count) == 0
      }
    }
  }
}

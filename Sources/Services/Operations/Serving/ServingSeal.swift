import MCPServer

extension StateSeal {
  /// Sealed by a key that lives as long as the process.
  static func ofProcess() -> StateSeal {
    let key = ServerSurroundings.randomToken()
    return StateSeal { bytes in
      ["a", "b"].flatMap { part in
        var hasher = Hasher()
        hasher.combine(key)
        hasher.combine(part)
        hasher.combine(bytes)
        let tag = UInt64(bitPattern: Int64(hasher.finalize()))
        return (0..<8).map { UInt8(truncatingIfNeeded: tag >> (8 * UInt64($0))) }
      }
    }
  }
}

import Crypto
import MCPServer

extension StateSeal {
  /// Sealed by a key that lives as long as the process.
  static func ofProcess() throws(CryptoError) -> StateSeal {
    let crypto = try CryptoLibrary.load()
    let key = try crypto.randomBytes(32)
    return StateSeal { bytes in
      // An empty code opens nothing.
      do throws(CryptoError) { return try crypto.hmacSHA256(key: key, bytes) } catch { return [] }
    }
  }
}

import Crypto
import Database
import Keys
import MCPServer
import Sessions

extension StateSeal {
  /// Sealed by a key that all servers of one store have, and without a store by one that lives as long as the process.
  static func shared(
    by sessions: SessionStore?, _ crypto: CryptoLibrary
  ) async throws(RecordsError) -> StateSeal {
    let key: [UInt8]
    do throws(CryptoError) { key = try crypto.randomBytes(32) } catch {
      throw .keys(.crypto(error))
    }
    guard let sessions else { return keyed(key, crypto) }
    do throws(DatabaseError) {
      return keyed(try await sessions.secret("state", orNew: key), crypto)
    } catch { throw .sessions(error) }
  }

  private static func keyed(_ key: [UInt8], _ crypto: CryptoLibrary) -> StateSeal {
    StateSeal { bytes in
      // An empty code opens nothing.
      do throws(CryptoError) { return try crypto.hmacSHA256(key: key, bytes) } catch { return [] }
    }
  }
}

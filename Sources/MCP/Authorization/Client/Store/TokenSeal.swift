package import Crypto
import Glibc
import Keyring
package import SafeText

/// How the files of sign-ins are protected beyond their modes: by a key that the desktop's Secret Service keeps, where
/// one answers.
package enum TokenSeal: Sendable, Hashable {
  case key(Secret)
  /// No key, and why.
  case none(why: String)

  /// As long as no file wants one.
  package static let unasked = TokenSeal.none(why: "no Secret Service was asked")

  /// How a new file is kept, for the user.
  var words: String {
    switch self {
    case .key: "encrypted with a key of the Secret Service"
    case .none(let why): "in a file for this user alone, not encrypted: \(why)"
    }
  }

  // MARK: - Finding the key

  private static let attributes = [("application", "alidade"), ("purpose", "sign-ins")]

  /// Asks the Secret Service for the key and makes it where it is not there. Waits for it, some seconds at most: not
  /// for the loop's thread.
  package static func load(
    environment: [String: String], folder: String, _ crypto: CryptoLibrary
  ) -> TokenSeal {
    do throws(KeyringError) {
      var service = try SecretService(environment: environment)
      if let kept = try service.secret(attributes) { return seal(kept, crypto) }
      return try make(in: &service, folder, crypto)
    } catch {
      return .none(why: error.sentence)
    }
  }

  /// Of several processes without a key one makes it; the others find it when they get the lock.
  private static func make(
    in service: inout SecretService, _ folder: String, _ crypto: CryptoLibrary
  ) throws(KeyringError) -> TokenSeal {
    let place = PrivateFolder(path: folder)
    do throws(AuthorizationFailure) { try place.make() } catch {
      return .none(why: error.sentence)
    }
    let fd = open(
      "\(folder)/keyring.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    defer { if fd >= 0 { close(fd) } }
    guard fd >= 0, flock(fd, LOCK_EX) == 0 else {
      return .none(why: "\(folder) cannot be locked")
    }
    if let kept = try service.secret(attributes) { return seal(kept, crypto) }
    let key: [UInt8]
    do throws(CryptoError) { key = try crypto.randomBytes(CryptoLibrary.sealKeySize) } catch {
      return .none(why: error.description)
    }
    let text = Base64URL.text(key)
    try service.keep(Array(text.utf8), label: "Alidade: key of the sign-ins", attributes)
    return .key(Secret(text))
  }

  private static func seal(_ kept: [UInt8], _ crypto: CryptoLibrary) -> TokenSeal {
    let text = String(decoding: kept, as: UTF8.self)
    guard Base64URL.bytes(text)?.count == CryptoLibrary.sealKeySize else {
      return .none(why: "what the Secret Service keeps for alidade is no key")
    }
    return .key(Secret(text))
  }

  // MARK: - Using it

  /// Nil without a key.
  func sealed(
    _ bytes: [UInt8], as context: String, _ crypto: CryptoLibrary
  ) throws(AuthorizationFailure) -> String? {
    guard case .key(let key) = self else { return nil }
    do throws(CryptoError) {
      let sealed = try crypto.seal(
        bytes, key: Base64URL.bytes(key.reveal()) ?? [], context: Array(context.utf8))
      return Base64URL.text(sealed)
    } catch {
      throw .noCrypto(error.description)
    }
  }

  /// Nil for what was sealed with another key.
  func opened(
    _ text: String, as context: String, _ crypto: CryptoLibrary
  ) throws(AuthorizationFailure) -> [UInt8]? {
    switch self {
    case .none(let why): throw .keyring(why)
    case .key(let key):
      return Base64URL.bytes(text).flatMap {
        crypto.open(
          $0, key: Base64URL.bytes(key.reveal()) ?? [], context: Array(context.utf8))
      }
    }
  }
}

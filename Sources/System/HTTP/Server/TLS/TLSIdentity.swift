import CTLS
import Glibc

/// A certificate with its key, as a server shows it to its clients; loads libssl.
///
/// Made once and read only from then on: `@unchecked` because libssl counts its references with atomics itself.
package final class TLSIdentity: @unchecked Sendable {
  let context: OpaquePointer

  /// Both are PEM files; the certificate's may hold the chain behind it.
  package init(certificate: String, key: String) throws(TLSIdentityError) {
    if let reason = ctls_load() { throw TLSIdentityError(description: String(cString: reason)) }
    for file in [certificate, key] where access(file, R_OK) != 0 {
      let reason = String(cString: strerror(errno)).lowercased()
      throw TLSIdentityError(description: "'\(file)' cannot be read: \(reason)")
    }
    var problem = [CChar](repeating: 0, count: 512)
    guard let made = ctls_context_make(certificate, key, &problem, problem.count) else {
      let bytes = problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw TLSIdentityError(description: String(decoding: bytes, as: UTF8.self))
    }
    context = made
  }

  deinit { ctls_context_free(context) }
}

extension TLSIdentity: Hashable {
  package static func == (left: TLSIdentity, right: TLSIdentity) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Why a certificate and its key cannot be used, in a sentence without a full stop.
package struct TLSIdentityError: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String
}

import Glibc

/// A system call that failed, and with what.
package struct SystemError: Error, Hashable, Sendable {
  package let call: String
  package let code: Int32

  package init(call: String, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The failure that errno tells of right now.
  package static func current(_ call: String) -> SystemError {
    SystemError(call: call, code: errno)
  }

  /// The C library's words for the code, as "No such file or directory".
  package var reason: String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}

extension SystemError: CustomStringConvertible {
  package var description: String { "\(call): \(reason)" }
}

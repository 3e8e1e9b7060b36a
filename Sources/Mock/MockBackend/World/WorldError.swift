import Database

/// Why a system does not do what it is asked.
package struct WorldError: Error, Sendable, Hashable {
  package enum Code: String, Sendable, Hashable, CaseIterable {
    case invalid = "invalid_argument"
    case unauthorized
    case forbidden
    case notFound = "not_found"
    case conflict
    case unavailable
  }

  package let code: Code
  /// The argument at fault, where it is one.
  package let argument: String?
  package let message: String

  package init(_ code: Code, _ message: String, argument: String? = nil) {
    self.code = code
    self.argument = argument
    self.message = message
  }

  init(store: DatabaseError) {
    self.init(.unavailable, "the data cannot be had just now: \(store.description)")
  }

  /// Of REST.
  package var status: Int {
    switch code {
    case .invalid: 422
    case .unauthorized: 401
    case .forbidden: 403
    case .notFound: 404
    case .conflict: 409
    case .unavailable: 503
    }
  }
}

extension WorldError: CustomStringConvertible {
  /// One sentence that names the argument.
  package var description: String {
    argument.map { "\($0): \(message)" } ?? message
  }
}

extension WorldError {
  package static func invalid(_ argument: String, _ message: String) -> WorldError {
    WorldError(.invalid, message, argument: argument)
  }

  package static func notFound(_ noun: String, _ id: String, _ argument: String) -> WorldError {
    WorldError(.notFound, "there is no \(noun) \"\(id.prefix(80))\"", argument: argument)
  }

  package static func conflict(_ message: String, _ argument: String? = nil) -> WorldError {
    WorldError(.conflict, message, argument: argument)
  }

  package static func forbidden(_ message: String) -> WorldError { WorldError(.forbidden, message) }
}

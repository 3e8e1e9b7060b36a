/// Why a text cannot be edited in place.
package enum JSONEditError: Error, Sendable, Hashable {
  case unreadable(JSONError)
  /// The value at the pointer is neither object nor array, so nothing can be put into it.
  case noContainer(JSONPointer, JSONKind)
  /// The array at the pointer has fewer elements.
  case noIndex(JSONPointer, token: String, count: Int)
  /// The edited text would not read as the wanted value; nothing was changed.
  case notSafe(JSONPointer)
}

extension JSONEditError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .noContainer(let pointer, let kind):
      "\(Self.place(pointer)) is \(Self.words(kind)) and cannot hold anything"
    case .noIndex(let pointer, let token, let count):
      "\(Self.place(pointer)) is an array of \(count), '\(token)' is no place in it"
    case .notSafe(let pointer): "\(Self.place(pointer)) cannot be edited without harm to the rest"
    }
  }

  private static func place(_ pointer: JSONPointer) -> String {
    pointer.isRoot ? "the whole value" : pointer.description
  }

  private static func words(_ kind: JSONKind) -> String {
    switch kind {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

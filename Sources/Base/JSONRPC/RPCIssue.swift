/// What is wrong with a message that could be read nevertheless, or could not be read at all.
package enum RPCIssue: Sendable, Hashable {
  case notObject
  case versionMissing
  case versionWrong
  case idNull
  case idWrongType
  case idFractional
  case methodNotString
  case paramsNotStructured
  case methodBesideResult
  case resultBesideError
  case neitherResultNorError
  case errorNotObject
  case errorCodeNotInteger
  case errorMessageMissing
  case unrecognizable
}

extension RPCIssue: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notObject: "the message is not a JSON object"
    case .versionMissing: "the member \"jsonrpc\" is missing"
    case .versionWrong: "the member \"jsonrpc\" is not \"2.0\""
    case .idNull: "the id is null"
    case .idWrongType: "the id is neither a string nor a number"
    case .idFractional: "the id is not an integer"
    case .methodNotString: "the method is not a string"
    case .paramsNotStructured: "the params are not an object"
    case .methodBesideResult: "the message has a method and also a result or an error"
    case .resultBesideError: "the response has both a result and an error"
    case .neitherResultNorError: "the response has neither a result nor an error"
    case .errorNotObject: "the error is not an object"
    case .errorCodeNotInteger: "the error's code is not an integer"
    case .errorMessageMissing: "the error has no message"
    case .unrecognizable: "the message is no request, notification or response"
    }
  }
}

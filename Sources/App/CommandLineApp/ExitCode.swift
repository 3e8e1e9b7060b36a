/// How the program ends; scripts rely on these numbers.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case ok = 0
  case usage = 1
  case failedAnswer = 2
  case unauthorized = 3
  case unreachable = 4
  case protocolError = 5
  case inputRequired = 6
  case timedOut = 7
  case interrupted = 130
}

extension ExitCode {
  package var meaning: String {
    switch self {
    case .ok: "Success"
    case .usage: "Wrong usage, or a file or setting that cannot be read or written"
    case .failedAnswer: "The tool reported an error, or what was checked is invalid"
    case .unauthorized: "The server refuses without other credentials"
    case .unreachable: "The server cannot be reached or started"
    case .protocolError: "The server breaks the protocol or answers with an error"
    case .inputRequired: "The server asks for input and there is nobody to give it"
    case .timedOut: "Out of time"
    case .interrupted: "Interrupted"
    }
  }

  /// The word for it in JSON.
  package var word: String {
    switch self {
    case .ok: "ok"
    case .usage: "usage"
    case .failedAnswer: "failed"
    case .unauthorized: "unauthorized"
    case .unreachable: "unreachable"
    case .protocolError: "protocol"
    case .inputRequired: "input-required"
    case .timedOut: "timed-out"
    case .interrupted: "interrupted"
    }
  }

  /// Code and meaning of each, for help, man page and reference.
  package static let table = allCases.map { (code: $0.rawValue, meaning: $0.meaning) }
}

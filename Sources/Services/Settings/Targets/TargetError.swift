/// Why words do not make a target.
package enum TargetError: Error, Sendable, Hashable {
  case empty
  case noProgram
  case noName(String)
  case scheme(String, in: String)
  case url(String, URLProblem)
  case addressWithoutScheme(String)
  case commandLine(ShellWords.Problem)
  /// With the names there are, so that whoever speaks to the user can guess the one that was meant.
  case unknownServer(String, known: [String])
  case disabledServer(String)
  case badHeader(String, HeaderProblem)
  case badVariable(String)
  case badTransport(String, for: String)
  case badTimeout(String)
  case optionNeedsURL(String)
  case optionNeedsCommand(String)
  case keyWithoutCertificate

  package enum HeaderProblem: Sendable, Hashable { case noColon, name, value, framing }
}

extension TargetError {
  /// One sentence, without full stop.
  package var sentence: String {
    switch self {
    case .empty: "there is no target"
    case .noProgram: "there is no program to run"
    case .noName(let prefix): "a name must follow '\(prefix)'"
    case .scheme(let scheme, let url):
      "'\(scheme)' in \(url) is no scheme of MCP, only http and https are"
    case .url(let url, let problem): "\(url) is no address: \(problem.sentence)"
    case .addressWithoutScheme(let text): "'\(text)' looks like an address without its scheme"
    case .commandLine(let problem): problem.sentence
    case .unknownServer(let name, _): "there is no server '\(name)' in the catalog"
    case .disabledServer(let name): "the server '\(name)' is disabled"
    case .badHeader(let text, .noColon): "the header '\(text)' has no ':' between name and value"
    case .badHeader(let text, .name): "'\(text)' is no header name"
    case .badHeader(let text, .value):
      "the value of header '\(text)' has a line break or control character in it"
    case .badHeader(let text, .framing):
      "the header '\(text)' belongs to the connection and cannot be set"
    case .badVariable(let text): "'\(text)' is no NAME=value"
    case .badTransport(let kind, let target): "transport '\(kind)' does not go with \(target)"
    case .badTimeout(let text): "'\(text)' is no number of seconds"
    case .optionNeedsURL(let option): "\(option) goes with an address, not with a command"
    case .optionNeedsCommand(let option): "\(option) goes with a command, not with an address"
    case .keyWithoutCertificate: "--key needs --cert"
    }
  }

  /// What to try next.
  package var hint: String? {
    switch self {
    case .empty, .noProgram:
      "give a URL, a quoted command line, @name, demo:NAME or -- command args"
    case .addressWithoutScheme(let text):
      Self.isLocal(text)
        ? "write http://\(text)" : "write https://\(text), or ./\(text) to run a file"
    case .commandLine(.shellOperator):
      "no shell runs this line; write sh -c '…' if you want one"
    case .unknownServer: "alidade servers list shows what there is"
    case .badHeader(_, .noColon): "write -H 'Name: value'"
    case .url(_, .placeholder): "fill it in"
    default: nil
    }
  }

  private static func isLocal(_ address: String) -> Bool {
    let host = address.prefix { !":/?#".contains($0) }
    return host == "localhost" || host.hasPrefix("127.") || !host.contains(".")
  }
}

extension ShellWords.Problem {
  package var sentence: String {
    switch self {
    case .unclosedQuote(let quote, let column):
      "the command line has a \(quote == "'" ? "single" : "double") quote at column \(column) that is never closed"
    case .danglingBackslash(let column):
      "the command line ends with a backslash at column \(column)"
    case .shellOperator(let text, let column):
      "'\(text)' at column \(column) of the command line is for a shell"
    }
  }
}

/// One challenge of `WWW-Authenticate` or `Proxy-Authenticate` (RFC 9110 §11).
package struct AuthChallenge: Sendable, Hashable {
  /// The scheme as written; compare through `isScheme`.
  package let scheme: String
  package internal(set) var token68: String?
  package internal(set) var parameters = HTTPFields()

  init(scheme: String) { self.scheme = scheme }

  package func isScheme(_ name: String) -> Bool { scheme.equalsIgnoringASCIICase(name) }

  /// The first parameter of that name, compared without case.
  package subscript(name: String) -> String? { parameters[name] }

  /// The space-separated scopes, if the challenge names any.
  package var scopes: [String]? {
    self["scope"].map { $0.split(separator: " ").map(String.init) }
  }
}

/// What was wrong with a challenge header, although something could be read from it.
package enum AuthChallengeIssue: Sendable, Hashable {
  case unquoted(parameter: String)
  case unclosedQuote(parameter: String)
  case missingComma(before: String)
  case missingValue(parameter: String)
  case parameterWithoutScheme(String)
  case unreadable(String)

  package var sentence: String {
    switch self {
    case .unquoted(let name): "The value of “\(name)” needs quotes and has none."
    case .unclosedQuote(let name): "The quote of “\(name)” is never closed."
    case .missingComma(let name): "A comma is missing before “\(name)”."
    case .missingValue(let name): "“\(name)” has no value."
    case .parameterWithoutScheme(let name): "“\(name)” stands before any scheme."
    case .unreadable(let text): "“\(text)” is neither a scheme nor a parameter."
    }
  }
}

/// All challenges of an answer, over one or many header lines, and what was wrong with them.
package struct AuthChallenges: Sendable, Hashable {
  package internal(set) var challenges: [AuthChallenge] = []
  package internal(set) var issues: [AuthChallengeIssue] = []

  package init(_ values: [String]) {
    for value in values {
      var parser = AuthChallengeParser(value)
      parser.run()
      challenges += parser.found.challenges
      issues += parser.found.issues
    }
  }

  init() {}

  /// The first challenge of that scheme.
  package subscript(scheme: String) -> AuthChallenge? { challenges.first { $0.isScheme(scheme) } }
}

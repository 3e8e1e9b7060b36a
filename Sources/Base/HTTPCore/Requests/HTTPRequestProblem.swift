/// Why a request was refused before anything looked at what it asks for.
package enum HTTPRequestProblem: Error, Sendable, Hashable, CaseIterable {
  case bareLineFeed
  case malformedRequestLine
  case malformedTarget
  case targetTooLong
  case unsupportedVersion
  case unsupportedMethod
  case headTooLarge
  case tooManyFields
  case foldedField
  case malformedField
  case missingHost
  case malformedHost
  case malformedLength
  case repeatedLength
  case lengthAndCoding
  case codingInOldVersion
  case repeatedCoding
  case unsupportedCoding
  case unknownExpectation
  case malformedChunk
  case bodyTooLarge
  case headTooSlow
  case bodyTooSlow
}

extension HTTPRequestProblem {
  package var status: Int { row.status }

  /// One sentence without a full stop, for the body of the answer.
  package var sentence: String { row.sentence }

  private var row: (status: Int, sentence: String) {
    switch self {
    case .bareLineFeed: (400, "a line of the request ends without a carriage return")
    case .malformedRequestLine: (400, "the request line is not METHOD TARGET HTTP/1.1")
    case .malformedTarget: (400, "the request target is no path and no address")
    case .targetTooLong: (414, "the request target is too long")
    case .unsupportedVersion: (505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
    case .unsupportedMethod: (501, "this server is no proxy")
    case .headTooLarge: (431, "the header lines are too long")
    case .tooManyFields: (431, "there are too many header lines")
    case .foldedField: (400, "a header line begins with a blank")
    case .malformedField: (400, "a header line is not NAME: VALUE")
    case .missingHost: (400, "the Host header is missing or stands there twice")
    case .malformedHost: (400, "the Host header is no host")
    case .malformedLength: (400, "the Content-Length is no number")
    case .repeatedLength: (400, "there are several Content-Length headers")
    case .lengthAndCoding: (400, "there are both a Content-Length and a Transfer-Encoding")
    case .codingInOldVersion: (400, "HTTP/1.0 knows no Transfer-Encoding")
    case .repeatedCoding: (400, "there are several Transfer-Encodings")
    case .unsupportedCoding: (501, "the only Transfer-Encoding known here is chunked")
    case .unknownExpectation: (417, "the only expectation known here is 100-continue")
    case .malformedChunk: (400, "a chunk of the body is malformed")
    case .bodyTooLarge: (413, "the body is too large")
    case .headTooSlow: (408, "the header lines took too long")
    case .bodyTooSlow: (408, "the body took too long")
    }
  }
}

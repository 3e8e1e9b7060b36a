import HTTPCore
import JSON

/// Why a request is not granted, in the words of the standards.
struct Refusal: Error, Sendable, Hashable {
  /// A code of RFC 6749 and those built on it. An open set.
  struct Code: RawRepresentable, Sendable, Hashable {
    let rawValue: String

    static let invalidRequest = Code(rawValue: "invalid_request")
    static let invalidClient = Code(rawValue: "invalid_client")
    static let invalidGrant = Code(rawValue: "invalid_grant")
    static let invalidScope = Code(rawValue: "invalid_scope")
    static let invalidTarget = Code(rawValue: "invalid_target")
    static let unauthorizedClient = Code(rawValue: "unauthorized_client")
    static let unsupportedGrantType = Code(rawValue: "unsupported_grant_type")
    static let unsupportedResponseType = Code(rawValue: "unsupported_response_type")
    static let unsupportedTokenType = Code(rawValue: "unsupported_token_type")
    static let accessDenied = Code(rawValue: "access_denied")
    static let loginRequired = Code(rawValue: "login_required")
    static let consentRequired = Code(rawValue: "consent_required")
    static let serverError = Code(rawValue: "server_error")
    static let temporarilyUnavailable = Code(rawValue: "temporarily_unavailable")
    static let invalidRedirect = Code(rawValue: "invalid_redirect_uri")
    static let invalidMetadata = Code(rawValue: "invalid_client_metadata")
    static let invalidProof = Code(rawValue: "invalid_dpop_proof")
    static let useNonce = Code(rawValue: "use_dpop_nonce")
    static let pending = Code(rawValue: "authorization_pending")
    static let slowDown = Code(rawValue: "slow_down")
    static let expired = Code(rawValue: "expired_token")
    static let invalidToken = Code(rawValue: "invalid_token")
    static let requestNotSupported = Code(rawValue: "request_not_supported")
  }

  var code: Code
  /// A sentence for the developer, in the characters that `error_description` may have.
  var text: String
  var status = 400
  var fields = HTTPFields()

  init(_ code: Code, _ text: String, status: Int = 400, fields: HTTPFields = HTTPFields()) {
    self.code = code
    self.text = text
    self.status = status
    self.fields = fields
  }

  var json: JSON {
    ["error": .string(code.rawValue), "error_description": .string(plainText)]
  }

  /// Quotation marks, backslashes and letters beyond ASCII may not stand in a description.
  var plainText: String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "\\" ? scalar : "'"
        }))
  }
}

import HTTPCore
import SafeText

/// One request to a token endpoint.
struct TokenRequest: Sendable {
  enum Grant: Sendable, Hashable {
    case code(Secret, redirect: String, verifier: Secret)
    case refresh(Secret)
    case clientCredentials
    case assertion(Secret)
    case exchange(subject: Secret, subjectType: String, audience: String)
    case device(Secret)
  }

  var grant: Grant
  var client: ClientIdentity
  var method: TokenAuthentication
  var resource: String?
  var scopes: Scopes?
  /// The signed word of a client that proves itself by its key.
  var clientAssertion: Secret?
  var dpopProof: Secret?

  init(_ grant: Grant, client: ClientIdentity, method: TokenAuthentication) {
    self.grant = grant
    self.client = client
    self.method = method
  }

  func request(at url: WebURL, _ policy: AddressPolicy) -> AuthorizationRequest {
    var fields: HTTPFields = [
      "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
    ]
    if method == .basic { fields["Authorization"] = basic }
    fields["DPoP"] = dpopProof?.reveal()
    return policy.request(
      "POST", url, fields: fields, body: Array(FormEncoding.encode(form).utf8))
  }

  var form: [(String, String)] {
    var items = grant.form
    if let resource { items.append(("resource", resource)) }
    if let scopes, !scopes.isEmpty { items.append(("scope", scopes.text)) }
    if !client.id.isEmpty, method != .basic { items.append(("client_id", client.id)) }
    if method == .post, let secret = client.secret {
      items.append(("client_secret", secret.reveal()))
    }
    if method == .privateKey, let clientAssertion {
      items += [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", clientAssertion.reveal()),
      ]
    }
    return items
  }

  /// Both halves are form-encoded before they are joined, which keeps a colon in an id apart from the one between.
  private var basic: String {
    let halves = [client.id, client.secret?.reveal() ?? ""].map {
      PercentEncoding.encode($0, .component)
    }
    return "Basic " + PaddedBase64.text(Array(halves.joined(separator: ":").utf8))
  }

  var step: AuthorizationFailure.TokenStep {
    switch grant {
    case .code: .code
    case .refresh: .refresh
    case .clientCredentials: .clientCredentials
    case .assertion: .assertion
    case .exchange: .exchange
    case .device: .device
    }
  }
}

extension TokenRequest.Grant {
  fileprivate var form: [(String, String)] {
    switch self {
    case .code(let code, let redirect, let verifier):
      [
        ("grant_type", "authorization_code"), ("code", code.reveal()), ("redirect_uri", redirect),
        ("code_verifier", verifier.reveal()),
      ]
    case .refresh(let token):
      [("grant_type", "refresh_token"), ("refresh_token", token.reveal())]
    case .clientCredentials: [("grant_type", "client_credentials")]
    case .assertion(let assertion):
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", assertion.reveal()),
      ]
    case .exchange(let subject, let subjectType, let audience):
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("requested_token_type", "urn:ietf:params:oauth:token-type:id-jag"),
        ("audience", audience), ("subject_token", subject.reveal()),
        ("subject_token_type", subjectType),
      ]
    case .device(let code):
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", code.reveal()),
      ]
    }
  }
}

/// Base64 as Basic credentials have it.
enum PaddedBase64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        out.append(
          place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

import JSON
import Operations
import SafeText

/// How the suite wants a server to be signed in to, from what it tells in its context.
struct ConformanceSignIn {
  private let way: ConformanceScenario.Way
  private let context: JSON

  init(_ setting: ConformanceSetting) {
    way = setting.scenario.way
    context = setting.context
  }

  /// The address that the suite expects of clients which are known by a document.
  private static let document = "https://conformance-test.local/client-metadata.json"

  var order: SignInOrder {
    var order = SignInOrder()
    order.agreesByItself = true
    order.clientID = text("client_id")
    order.clientSecret = secret("client_secret")
    order.clientDocument = Self.document
    order.way = orderedWay
    guard way == .key else { return order }
    order.clientKeyText = secret("private_key_pem")
    order.clientAuthentication = "private_key_jwt"
    return order
  }

  private var orderedWay: SignInOrder.Way {
    switch way {
    case .code: return .browser
    case .credentials, .key: return .clientCredentials
    case .assertion: return .assertion(secret("valid_jwt") ?? "", file: nil)
    case .enterprise:
      var identity = SignInOrder.IdentityOrder(clientID: text("idp_client_id") ?? "")
      identity.issuer = text("idp_issuer")
      identity.tokenEndpoint = text("idp_token_endpoint")
      return .enterprise(secret("idp_id_token") ?? "", file: nil, identity)
    }
  }

  private func text(_ name: String) -> String? { context[name]?.string }

  private func secret(_ name: String) -> Secret? { text(name).map { Secret($0) } }
}

import Arguments
import Operations

/// The words that say how to sign in.
enum SignInRows {
  static let scope = OptionRow(
    "scope", takes: ValueRow("'A B'"), help: "Ask for these scopes; '' asks for none")
  static let clientID = OptionRow(
    "client-id", takes: ValueRow("ID"), help: "Be this client, registered beforehand")
  static let clientSecret = OptionRow(
    "client-secret", takes: ValueRow("FILE", .file),
    help: "Its secret is in this file; - is standard input")
  static let clientAuthentication = OptionRow(
    "client-auth",
    takes: ValueRow(
      "HOW", .choice(["none", "client_secret_basic", "client_secret_post", "private_key_jwt"])),
    help: "How the client proves itself; otherwise as the server offers")
  static let clientKey = OptionRow(
    "client-key", takes: ValueRow("FILE", .file), help: "The private key of private_key_jwt, PEM")
  static let document = OptionRow(
    "client-document", takes: ValueRow("URL"),
    help: "Be the client that this metadata document describes")
  static let registrationToken = OptionRow(
    "registration-token", takes: ValueRow("FILE", .file),
    help: "The token that a guarded registration asks for is in this file")
  static let forget = OptionRow(
    "forget-client", help: "Register anew; login keeps the old client until that works")
  static let issuer = OptionRow(
    "issuer", takes: ValueRow("URL"), help: "Name the authorization server by hand")
  static let resource = OptionRow(
    "resource", takes: ValueRow("URL"),
    help: "Say this in the resource parameter; omit leaves it out")
  static let acceptIssuer = OptionRow(
    "accept-issuer", help: "Accept the other issuer in the metadata; kept for this server")
  static let acceptNoPKCE = OptionRow(
    "accept-no-pkce", help: "Accept that PKCE is not promised; kept for this server")
  static let allowPrivate = OptionRow(
    "allow-private", help: "Let the server name private addresses and plain http; kept")
  static let port = OptionRow(
    "callback-port", takes: ValueRow("PORT", .integer(1...65_535)),
    help: "Wait for the browser's answer on this port")
  static let noBrowser = OptionRow(
    "no-browser", help: "Print the address instead of opening a browser")
  static let device = OptionRow(
    "device", help: "Show a code to type on another device")
  static let clientCredentials = OptionRow(
    "client-credentials", help: "Sign in as the client itself, without a user")
  static let assertion = OptionRow(
    "assertion", takes: ValueRow("FILE", .file),
    help: "Sign in by the platform's token in this file (workload identity)")

  static let fetch = OptionRow(
    "fetch-consent", help: "Fetch the page here: for servers that ask nobody")
  static let identityToken = OptionRow(
    "id-token", takes: ValueRow("FILE", .file),
    help: "Swap the company's identity token in this file (enterprise-managed)")
  static let identityIssuer = OptionRow(
    "idp-issuer", takes: ValueRow("URL"), help: "The company's identity provider")
  static let identityEndpoint = OptionRow(
    "idp-token-endpoint", takes: ValueRow("URL"), help: "Its token endpoint, where it is known")
  static let identityClient = OptionRow(
    "idp-client-id", takes: ValueRow("ID"), help: "Who we are there")
  static let identitySecret = OptionRow(
    "idp-client-secret", takes: ValueRow("FILE", .file), help: "With the secret in this file")
  static let binding = OptionRow(
    "dpop", takes: ValueRow("WHEN", .choice(SignInOrder.Binding.allCases.map(\.rawValue))),
    help: "Bind the tokens to a key of this machine; auto: where the server asks for it")

  static let underway = OptionRow(
    "sign-in", help: "Sign in, or ask for wider scopes, where the server wants that")

  static let login = [
    scope, noBrowser, port, fetch, device, clientCredentials, assertion, identityToken,
    identityIssuer, identityEndpoint, identityClient, identitySecret, clientID, clientSecret,
    clientAuthentication, clientKey, document, registrationToken, forget, issuer, resource,
    binding, acceptIssuer, acceptNoPKCE, allowPrivate,
  ]
}

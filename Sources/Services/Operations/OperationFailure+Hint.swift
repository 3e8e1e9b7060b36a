import Authorization
import HTTPCore
import JSONRPC
import MCPClient
import MCPEras
import Settings
import Transports

extension OperationFailure {
  /// What the user can try next; nil where the sentence says it all.
  static func hint(for error: ClientError, target: String) -> String? {
    switch error.reason {
    case .inputNeeded, .inputRefused: answers
    case .rpc(let rpc) where rpc.asksForInput: answers
    case .rpc(let rpc): rpc.code.flatMap { codeHints[$0.rawValue] }
    case .signInRequired(let challenge):
      hint(target, challenge.status, challenge.headers) ?? statusHints[challenge.status]
    case .refused(let refusal):
      hint(target, refusal.status, refusal.headers) ?? hint(for: refusal)
    case .signInFailed(let refusal): refusal.advice
    case .negotiation(.refused(let refusal)): hint(for: refusal)
    case .negotiation(.notMCP): pathHint(target)
    case .negotiation(.transport(.network(let failure))): hint(for: failure)
    default: nil
    }
  }

  /// Credentials are what is missing; nil where others would not help.
  private static func hint(_ target: String, _ status: Int, _ fields: HTTPFields) -> String? {
    let challenge = AuthorizationChallenge(status: status, fields: fields)
    if status == 401 { return login(target) }
    guard challenge.meaning == .moreScope else { return nil }
    let words = challenge.scopes.map { [target, "--scope", $0.text] } ?? [target]
    // What the server says is pasted into a shell: it must stay one word.
    return "alidade auth login \(ShellWords.join(words))"
  }

  private static func login(_ target: String) -> String {
    "alidade auth login \(ShellWords.join([target])), or send credentials with -H 'Authorization: Bearer …'"
  }

  private static let answers = "answer at a terminal, or give the answers with --answers FILE"

  private static func hint(for refusal: HTTPRefusal) -> String? {
    refusal.status == 403 && !refusal.isAboutAccess
      ? "its list of allowed origins and hosts must name this one" : statusHints[refusal.status]
  }

  private static let statusHints: [Int: String] = [
    401: "send credentials with -H 'Authorization: Bearer …'",
    403:
      "it asks for no scope, so another one will not help; other credentials, role or plan may: -H 'Authorization: Bearer …'",
    407: "a proxy asks who you are: put user and password into its address in the environment",
    413: "the message is too large for the server",
    421: "its list of allowed hosts must name this one",
    429: "wait, then try again",
    502: "a gateway answers, but the server behind it does not",
    503: "try again later",
    504: "a gateway answers, but the server behind it does not",
  ]

  private static let candidate =
    "release candidates of 2026-07-28 used this number: the server may be built on one"

  private static let codeHints: [Int: String] = [
    -32020: "something on the way may have dropped or changed the Mcp-… headers",
    -32003: candidate, -32004: candidate,
  ]

  private static func pathHint(_ target: String) -> String {
    let path = target.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3)
    guard path.allSatisfy(\.isEmpty) else { return "is the path right? Many end in /mcp or /sse" }
    let base = target.hasSuffix("/") ? String(target.dropLast()) : target
    return "the path is missing: try \(base)/mcp or \(base)/sse"
  }

  /// A port that speaks TLS answers plain HTTP by hanging up, or with bytes that are no HTTP.
  private static func hint(for failure: NetworkFailure) -> String? {
    guard failure.url.hasPrefix("http://"), failure.isNoHTTP else { return nil }
    return "if that port wants TLS, write https://"
  }
}

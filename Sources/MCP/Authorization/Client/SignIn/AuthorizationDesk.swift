package import Crypto
package import EventLoop
package import HTTPCore
import JSON
import SafeText

/// What every flow needs of the world: somebody to carry requests, time, randomness and a place to keep things.
@LoopActor
package final class AuthorizationDesk {
  package typealias Exchange =
    @LoopActor @Sendable (AuthorizationRequest) async -> AuthorizationOutcome
  package typealias Tell = @LoopActor (AuthorizationEvidence) -> Void

  let exchange: Exchange
  package let clock: any LoopClock
  package let crypto: CryptoLibrary
  package let store: TokenStore?
  private var nonces = ProofNonces()

  package init(
    clock: any LoopClock, crypto: CryptoLibrary, store: TokenStore?, exchange: @escaping Exchange
  ) {
    self.clock = clock
    self.crypto = crypto
    self.store = store
    self.exchange = exchange
  }

  /// Seconds since 1970.
  package var now: Int64 { clock.wallTime.microseconds / 1_000_000 }

  package func send(_ request: AuthorizationRequest) async -> AuthorizationOutcome {
    await exchange(request)
  }

  /// Sends a token request and reads the answer; both leave evidence. With a key the request carries a proof, made
  /// anew where the server wants its own number in it.
  func tokens(
    _ request: TokenRequest, at url: WebURL, _ policy: AddressPolicy, _ key: ProofKey?,
    _ tell: Tell
  ) async throws(AuthorizationFailure) -> TokenSet {
    var mayRepeat = key != nil
    while true {
      var request = request
      request.dpopProof = try key?.proof("POST", url, nonce: nonces[url], at: now)
      let sent = request.request(at: url, policy)
      let outcome = await exchange(sent)
      guard case .success(let answer) = outcome else {
        throw lost(outcome, request, sent, policy, tell)
      }
      let isNews = nonces.note(answer.fields["DPoP-Nonce"], from: url)
      if mayRepeat, isNews, OAuthError(Discovery.document(answer))?.code == "use_dpop_nonce" {
        mayRepeat = false
        tell(
          AuthorizationEvidence(
            .token, sent, outcome, findings: request.evidence,
            decision: "asked again with the server's number in the proof"))
        continue
      }
      return try read(answer, request, sent, isBound: key != nil, tell)
    }
  }

  private func read(
    _ answer: AuthorizationAnswer, _ request: TokenRequest, _ sent: AuthorizationRequest,
    isBound: Bool, _ tell: Tell
  ) throws(AuthorizationFailure) -> TokenSet {
    let outcome = AuthorizationOutcome.success(answer)
    do throws(AuthorizationFailure) {
      let read = try TokenAnswer(step: request.step, answer: answer, now: now, isBound: isBound)
        .read(asked: request.scopes)
      tell(
        AuthorizationEvidence(
          .token, sent, outcome, findings: request.evidence + read.findings, decision: "a token"))
      return read.tokens
    } catch {
      tell(
        AuthorizationEvidence(
          .token, sent, outcome, findings: request.evidence, decision: error.sentence))
      throw error
    }
  }

  private func lost(
    _ outcome: AuthorizationOutcome, _ request: TokenRequest, _ sent: AuthorizationRequest,
    _ policy: AddressPolicy, _ tell: Tell
  ) -> AuthorizationFailure {
    tell(
      AuthorizationEvidence(
        .token, sent, outcome, findings: request.evidence, decision: "no answer"))
    guard case .failure(let outage) = outcome else { return .noAnswer }
    return AuthorizationFailure(outage, asking: sent.url, for: policy.server)
  }

  // MARK: - Proofs to the server itself

  /// The header lines that show a token to its server.
  package func fields(
    showing tokens: TokenSet, with key: ProofKey?, _ method: String, _ url: WebURL
  ) throws(AuthorizationFailure) -> HTTPFields {
    var fields: HTTPFields = ["Authorization": tokens.header]
    guard let key, tokens.type == "DPoP" else { return fields }
    fields["DPoP"] = try key.proof(
      method, url, token: tokens.access, nonce: nonces[url], at: now
    ).reveal()
    return fields
  }

  /// Takes the number that a server wants in proofs; false where it gave none, or the one that it just refused.
  package func note(nonce: String?, from url: WebURL) -> Bool { nonces.note(nonce, from: url) }
}

extension TokenRequest {
  /// What was sent, as far as it may be seen.
  var evidence: [String] {
    let who = client.id.isEmpty ? "" : ", client \(client.id), \(method.rawValue)"
    var lines = ["asked with \(step.rawValue)\(who)"]
    if let resource { lines.append("for resource \(resource)") }
    if dpopProof != nil { lines.append("with a proof of possession (DPoP)") }
    return lines + grant.evidence
  }
}

extension TokenRequest.Grant {
  /// Whose word it is and for whom, which is where such grants go wrong.
  private var word: Secret? {
    switch self {
    case .assertion(let word), .exchange(let word, _, _): word
    default: nil
    }
  }

  fileprivate var evidence: [String] {
    guard let claims = word.flatMap({ UnverifiedJWT($0.reveal()) })?.claims else { return [] }
    return ["iss", "sub", "aud", "exp"].compactMap { name in
      claims[name].map { "its \(name): \($0.string ?? $0.compact)" }
    }
  }
}

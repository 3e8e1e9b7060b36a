package import Crypto
package import EventLoop
import HTTPCore
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
  let crypto: CryptoLibrary
  package let store: TokenStore?

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

  /// Sends a token request and reads the answer; both leave evidence.
  func tokens(
    _ request: TokenRequest, at url: WebURL, _ policy: AddressPolicy, _ tell: Tell
  ) async throws(AuthorizationFailure) -> TokenSet {
    let sent = request.request(at: url, policy)
    let outcome = await exchange(sent)
    switch outcome {
    case .failure(let outage):
      tell(AuthorizationEvidence(.token, sent, outcome, decision: "no answer"))
      throw outage.privateAddress == nil
        ? .network(outage.sentence)
        : .privateAddress(url: url.text, server: policy.server.resourceName)
    case .success(let answer):
      let asked = request.evidence
      do throws(AuthorizationFailure) {
        let read = try TokenAnswer(step: request.step, answer: answer, now: now)
          .read(asked: request.scopes)
        tell(
          AuthorizationEvidence(
            .token, sent, outcome, findings: asked + read.findings, decision: "a token"))
        return read.tokens
      } catch {
        tell(
          AuthorizationEvidence(
            .token, sent, outcome, findings: asked, decision: error.sentence))
        throw error
      }
    }
  }
}

extension TokenRequest {
  /// What was sent, as far as it may be seen.
  fileprivate var evidence: [String] {
    var lines = ["asked with \(step.rawValue), client \(client.id), \(method.rawValue)"]
    if let resource { lines.append("for resource \(resource)") }
    return lines
  }
}

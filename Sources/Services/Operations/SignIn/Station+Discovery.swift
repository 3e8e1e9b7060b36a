import Authorization
import EventLoop
import HTTPCore
import JSON
import MCPProtocol
package import Settings

/// What was found of a server's authorization server, without signing in.
package struct AuthorizationServerFacts: Sendable {
  package var issuer: String?
  /// What it says of itself, by name.
  package var facts: [(name: String, value: String)] = []
  package var issues: [DiscoveryIssue] = []
  package var steps: [SignInStep] = []
  package var failure: OperationFailure?
}

extension Station {
  /// Asks for everything that a sign-in begins with, and stops there.
  package func authorizationServer(
    of definition: ServerDefinition
  ) async -> AuthorizationServerFacts {
    var found = AuthorizationServerFacts()
    var steps: [AuthorizationEvidence] = []
    do throws(OperationFailure) {
      let server = try address(of: definition)
      let desk = try await desk(for: definition)
      do throws(AuthorizationFailure) {
        let tell: AuthorizationDesk.Tell = { steps.append($0) }
        var wish = try SignInWish(SignInOrder(), at: server, client: settings.client.name)
        wish.question.challenge = await challenge(of: server, definition, desk, tell)
        let signIn = SignIn(wish, before: nil, desk: desk, tell: tell)
        let named = try await signIn.discover(wish.question)
        found.issuer = named.issuer
        found.facts = named.lines
        found.issues =
          DiscoveryRecord(
            asked: server, challenge: wish.question.challenge, steps: steps, found: named
          ).issues
      } catch {
        found.failure = OperationFailure(error, target: TargetFacts(definition).label)
      }
    } catch {
      found.failure = error
    }
    found.steps = steps.map(SignInStep.init)
    return found
  }
}

extension DiscoveredServer {
  fileprivate var lines: [(name: String, value: String)] {
    var rows = ServerMetadata.Endpoint.allCases.compactMap { endpoint in
      metadata[endpoint].map { (name: endpoint.rawValue, value: $0.text) }
    }
    rows.append((name: "resource", value: resource))
    let ways = [
      metadata.takesClientDocuments ? "client documents" : nil,
      metadata[.registration] == nil ? nil : "registration",
    ].compactMap { $0 }
    rows.append(
      (
        name: "registration",
        value: ways.isEmpty
          ? "none: a client must be registered by hand" : ways.joined(separator: ", ")
      ))
    if let methods = metadata.challengeMethods {
      rows.append((name: "PKCE", value: methods.joined(separator: ", ")))
    }
    if let scopes = resourceScopes ?? metadata.scopes {
      rows.append((name: "scopes", value: scopes.text))
    }
    return rows
  }
}

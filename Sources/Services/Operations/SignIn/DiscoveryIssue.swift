import Authorization
import HTTPCore

/// What is out of order about the way to a sign-in, and does not bar it, or bars only its last step.
package struct DiscoveryIssue: Sendable, Hashable {
  package let id: String
  package let sentence: String
  package let fix: String
  /// The sign-in cannot come to its end.
  package var isFatal = false

  /// Everything that can be found, with its remedy.
  package static var remedies: [(id: String, fix: String)] { DiscoveryRecord.remedies }
}

/// Everything that was seen while the authorization server was looked for.
struct DiscoveryRecord {
  let asked: WebURL
  let challenge: AuthorizationChallenge?
  let steps: [AuthorizationEvidence]
  let found: DiscoveredServer

  /// What can be found, with its remedy.
  static var remedies: [(id: String, fix: String)] { rows.map { ($0.id, $0.fix) } }

  /// One thing to look for: a row.
  private struct Row {
    let id: String
    let fix: String
    var isFatal = false
    /// The sentence where it is so.
    let sentence: @Sendable (DiscoveryRecord) -> String?
  }

  var issues: [DiscoveryIssue] {
    Self.rows.compactMap { row in
      row.sentence(self).map {
        DiscoveryIssue(id: row.id, sentence: $0, fix: row.fix, isFatal: row.isFatal)
      }
    }
  }

  private var resourceSteps: [AuthorizationEvidence] {
    steps.filter { $0.stage == .resourceMetadata && $0.url != nil }
  }

  private func isPage(_ step: AuthorizationEvidence) -> Bool {
    step.status == 200 && step.contentType?.lowercased().hasPrefix("text/html") == true
  }

  private static let rows: [Row] = [
    Row(
      id: "challenge-missing",
      fix: "the server, or a proxy that strips headers, must pass WWW-Authenticate on"
    ) {
      $0.challenge?.hasHeader == false && $0.challenge?.status == 401
        ? "the 401 carries no WWW-Authenticate header" : nil
    },
    Row(
      id: "challenge-bare",
      fix: "name the metadata in the challenge: resource_metadata=\"…\""
    ) {
      $0.challenge?.hasHeader == true && $0.challenge?.resourceMetadata == nil
        ? "the challenge names no resource_metadata; well-known places had to be tried" : nil
    },
    Row(
      id: "resource-metadata-page",
      fix: "give the well-known path a route of its own, before the one that answers everything"
    ) { record in
      record.resourceSteps.first { record.isPage($0) }
        .map { "a page stands where the resource metadata should: \($0.url ?? "")" }
    },
    Row(
      id: "resource-metadata-missing",
      fix: "serve /.well-known/oauth-protected-resource with the server's path behind it"
    ) { record in
      record.found.isOwnServer && !record.resourceSteps.contains { record.isPage($0) }
        ? "the server has no resource metadata; it was taken for its own authorization server"
        : nil
    },
    Row(
      id: "resource-metadata-elsewhere",
      fix: "serve the document with the server's path behind its name, and at the root"
    ) { record in
      guard !record.found.isOwnServer else { return nil }
      return record.resourceSteps.first { $0.status == 404 }
        .map { "there is no resource metadata at \($0.url ?? "")" }
    },
    Row(
      id: "resource-slash",
      fix: "make both the same, to the last byte: clients compare them"
    ) { record in
      let asked = record.asked.withoutSecrets.text
      let named = record.found.resource
      return named != asked && named.trimmedSlashes == asked.trimmedSlashes
        ? "the resource metadata names “\(named)”, and “\(asked)” was asked: they differ in a slash"
        : nil
    },
    Row(
      id: "endpoint-host",
      fix: "be sure that host belongs to the authorization server before you sign in"
    ) { record in
      let host = record.issuerHost
      let foreign = ServerMetadata.Endpoint.allCases.first {
        record.found.metadata[$0].map { $0.host != host } == true
      }
      guard let foreign, let url = record.found.metadata[foreign] else { return nil }
      return
        "\(foreign.rawValue) is at another host than the issuer: \(url.host ?? "?") for \(host)"
    },
    Row(
      id: "pkce-missing",
      fix: "switch S256 on there; --accept-no-pkce takes a server that does it and does not say so",
      isFatal: true
    ) {
      $0.found.metadata.provesS256 || $0.found.isAssumed
        ? nil : "the authorization server does not promise PKCE with S256"
    },
    Row(
      id: "registration-missing",
      fix: "register a client there by hand and name it: auth login --client-id ID"
    ) {
      $0.found.metadata[.registration] == nil && !$0.found.metadata.takesClientDocuments
        && !$0.found.isAssumed
        ? "clients cannot register themselves there" : nil
    },
  ]

  private var issuerHost: String {
    let own = asked.host ?? ""
    do throws(WebURLError) { return try WebURL(found.issuer).host ?? own } catch { return own }
  }
}

extension String {
  fileprivate var trimmedSlashes: Substring {
    var text = self[...]
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }
}

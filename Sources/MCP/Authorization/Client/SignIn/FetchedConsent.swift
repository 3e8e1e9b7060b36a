package import EventLoop
import HTTPCore

/// Fetches the page in the user's stead and reads where it redirects to: for authorization servers that ask nobody.
@LoopActor
package final class FetchedConsent: ConsentPlace {
  private let desk: AuthorizationDesk
  private let redirect: String

  /// Nothing listens at the redirect URI: the answer is read from the redirect and goes nowhere.
  package init(_ desk: AuthorizationDesk, redirect: String = "http://127.0.0.1:41703/callback") {
    self.desk = desk
    self.redirect = redirect
  }

  package func open(preferring redirects: [String]) async throws(AuthorizationFailure) -> String {
    redirects.first ?? redirect
  }

  package func ask(
    _ consent: PendingConsent
  ) async throws(AuthorizationFailure) -> [(String, String)] {
    let answer: AuthorizationAnswer
    switch await desk.send(AuthorizationRequest("GET", consent.url)) {
    case .success(let came): answer = came
    case .failure(let outage): throw .network(outage.sentence)
    }
    let location = answer.fields["Location"] ?? ""
    guard RedirectRule.isRedirect(answer.status), location.hasPrefix(consent.redirect) else {
      if answer.status >= 400 {
        throw .pageRefused(status: answer.status, words: PageText.shown(answer))
      }
      throw .noWay("the authorization server wants its user to be asked (HTTP \(answer.status))")
    }
    let query = location.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    return FormEncoding.decode(query.prefix { $0 != "#" })
  }

  package func close() {}
}

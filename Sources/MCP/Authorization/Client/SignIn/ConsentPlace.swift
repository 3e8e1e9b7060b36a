package import EventLoop

/// Where the user is asked, and how the answer comes back.
@LoopActor
package protocol ConsentPlace: AnyObject {
  /// Gets ready; returns the redirect URI. One of those we are registered with is taken where that can be.
  func open(preferring redirects: [String]) async throws(AuthorizationFailure) -> String
  /// Sends the user to the page, and waits for the parameters of the redirect.
  func ask(_ consent: PendingConsent) async throws(AuthorizationFailure) -> [(String, String)]
  /// Waits for nothing any more.
  func close()
}

import Authorization
import EventLoop
import HTTP
import HTTPCore

// The consent page and what a person answers on it.
extension AuthorizationServer {
  func page(
    _ ask: AuthorizationAsk, _ session: BrowserSession, _ person: Person, _ call: WebCall
  ) throws(Refusal) -> WebAnswer {
    let page = ConsentPage(
      question: question(ask, person), form: try sealed(ask, session),
      redirect: ask.redirect, isDocument: ask.client.contains("://"))
    return page.answer(cookie: try cookie(session, call))
  }

  func decide(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    guard Self.isFromOurPage(call), call.form.repeated == nil else {
      return ConsentPage.refused(
        "This answer was sent by a page of another site.", title: settings.title, status: 403)
    }
    var session = try session(call)
    guard let ask = try asked(call.form["request"], session) else {
      return ConsentPage.refused(
        "This page is too old, or was opened in another browser. Start the sign-in again.",
        title: settings.title)
    }
    guard call.form["decision"] == "allow" else {
      tell(.consentRefused, client: ask.client, scopes: ask.scopes.text)
      let refusal = Refusal(.accessDenied, "the user has refused")
      if ask.userCode != nil { return try await finish(device: ask, person: nil) }
      return back(ask.redirect, ask.state, .failure(refusal), call)
    }
    guard let person = call.form["person"].flatMap(person) else {
      return ConsentPage.refused("There is nobody of that name.", title: settings.title)
    }
    session.person = person.id
    try await remember(ask, person)
    let cookie = try cookie(session, call)
    if ask.userCode != nil { return try await finish(device: ask, person: person, cookie) }
    return try await give(ask, to: person, call, cookie: cookie)
  }

  /// Browsers say where a form was; programs without these fields are held by the session alone.
  private static func isFromOurPage(_ call: WebCall) -> Bool {
    if let origin = call.request.headers["Origin"], origin != call.base { return false }
    let site = call.request.headers["Sec-Fetch-Site"] ?? "same-origin"
    return site == "same-origin" || site == "none"
  }
}

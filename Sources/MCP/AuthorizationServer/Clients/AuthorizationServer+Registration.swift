import Authorization
import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

// Clients that make themselves known (RFC 7591), and those that somebody makes.
extension AuthorizationServer {
  func register(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    try registrationFaults()
    let asked: JSON
    do { asked = try JSON.parse(call.request.body) } catch {
      throw Refusal(.invalidMetadata, "the body is not JSON: \(error.sentence)")
    }
    let metadata = try ClientMetadata(asked: asked)
    // A client that nobody has looked at gets in by a person's consent, or not at all.
    if metadata.grants.contains(GrantRow.clientCredentials), settings.consent != .auto {
      throw Refusal(
        .invalidMetadata,
        "clients that act for themselves are made by whoever runs this server")
    }
    let made = try await kept { () async throws(AuthorizationStoreError) in
      try await store.makeClient(
        metadata, system: settings.system, origin: .dynamic, crypto, at: clock.wallTime)
    }
    tell(.clientRegistered, client: made.client.id, detail: made.client.name)
    return .json(made.answer, status: 201)
  }

  private func registrationFaults() throws(Refusal) {
    if faults.has(.registrationRefused) {
      throw Refusal(.invalidRedirect, "redirect URIs of this kind are not allowed here")
    }
    if faults.has(.registrationForbidden) {
      throw Refusal(
        .invalidToken, "registration needs an initial access token", status: 401,
        fields: ["WWW-Authenticate": "Bearer error=\"invalid_token\""])
    }
  }

  func tell(
    _ kind: AuthorizationEvent.Kind, client: String, person: String = "",
    scopes: String = "", detail: String = ""
  ) {
    var event = AuthorizationEvent(kind)
    event.client = client
    event.person = person
    event.scopes = .init(text: scopes)
    event.detail = detail
    surroundings.note(event)
  }
}

import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

// Faults that spoil whole answers.
extension AuthorizationServer {
  /// What comes in the place of the answer; nil where nothing is wrong with it.
  func spoiled(_ call: WebCall) -> WebAnswer? {
    let path = call.request.path
    if path.hasPrefix(WellKnownPath.resource) { return spoiledResource }
    if path == WellKnownPath.server || path == WellKnownPath.openID {
      return spoiledMetadata(call)
    }
    guard path == "/token" else { return nil }
    if faults.has(.tokenUnavailable) {
      return .json(
        ["error": "temporarily_unavailable"], status: 503, fields: ["Retry-After": "1"])
    }
    if faults.has(.clientHTML) { return Self.gatewayPage("Unrecognized client_id", status: 400) }
    return faults.has(.tokenHTML) ? Self.gatewayPage("Please sign in", status: 200) : nil
  }

  private var spoiledResource: WebAnswer? {
    if faults.has(.noResource) { return .json(["error": "not_found"], status: 404) }
    return faults.has(.resourceHTML) ? Self.gatewayPage("Welcome", status: 200) : nil
  }

  private func spoiledMetadata(_ call: WebCall) -> WebAnswer? {
    if faults.has(.noMetadata) { return .json(["error": "not_found"], status: 404) }
    if faults.has(.metadataHTML) { return Self.gatewayPage("Welcome", status: 200) }
    if faults.has(.redirectLoop) { return .redirect(to: call.url) }
    guard faults.has(.hugeMetadata) else { return nil }
    let padding = String(repeating: "x", count: 8 << 20)
    return .json(["issuer": .string(call.base), "padding": .string(padding)])
  }

  /// The answer of the token endpoint in the form that some servers give it.
  func spoiledToken(_ answer: WebAnswer) -> WebAnswer {
    if faults.has(.tokenErrorInside) {
      return .json(["error": "invalid_grant", "error_description": "the code is over"])
    }
    guard faults.has(.tokenForm), let object = Self.object(answer.body) else { return answer }
    let items = object.members.map { ($0.key, $0.value.string ?? $0.value.compact) }
    var form = answer
    form.fields = form.fields.overlaid(with: [
      "Content-Type": "application/x-www-form-urlencoded"
    ])
    form.body = Array(FormEncoding.encode(items).utf8)
    return form
  }

  private static func object(_ body: [UInt8]) -> JSONObject? {
    do { return try JSON.parse(body).object } catch { return nil }
  }

  /// A page such as gateways put in front of servers.
  static func gatewayPage(_ text: String, status: Int) -> WebAnswer {
    WebAnswer(
      status: status, fields: ["Content-Type": "text/html; charset=utf-8"],
      body: Array("<!DOCTYPE html><html><body><h1>\(text)</h1></body></html>\n".utf8))
  }
}

import Crypto
import EventLoop
import JSON

// Forms and sessions carry what they are about themselves, sealed: the server keeps nothing of a page that was
// only looked at.
extension AuthorizationServer {
  /// A browser that has been here, and who it was then.
  struct BrowserSession: Sendable, Hashable {
    let id: String
    var person: String?
  }

  private static let cookie = "alidade_session"
  private static let sessionLife: Int64 = 30 * 86_400

  func session(_ call: WebCall) throws(Refusal) -> BrowserSession {
    if let text = call.cookie(Self.cookie), let json = try open(text, as: "session"),
      let id = json["id"]?.string
    {
      return BrowserSession(id: id, person: json["person"]?.string)
    }
    return BrowserSession(id: try random(16))
  }

  func cookie(_ session: BrowserSession, _ call: WebCall) throws(Refusal) -> String {
    var json: JSONObject = ["id": .string(session.id)]
    if let person = session.person { json["person"] = .string(person) }
    let value = try seal(json, as: "session", life: Self.sessionLife)
    let secure = call.base.hasPrefix("https:") ? "; Secure" : ""
    return "\(Self.cookie)=\(value); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(Self.sessionLife)"
      + secure
  }

  /// The request that a consent page is about, good in the browser it was made for alone.
  func sealed(_ ask: AuthorizationAsk, _ session: BrowserSession) throws(Refusal) -> String {
    try seal(
      ["ask": ask.json, "session": .string(session.id)], as: "ask",
      life: settings.patience.components.seconds)
  }

  /// Nil for a form of another browser, of another server, or of long ago.
  func asked(_ text: String?, _ session: BrowserSession) throws(Refusal) -> AuthorizationAsk? {
    guard let text, let json = try open(text, as: "ask"),
      json["session"]?.string == session.id
    else { return nil }
    return json["ask"].flatMap { AuthorizationAsk($0) }
  }

  // MARK: - Sealing

  private func seal(
    _ json: JSONObject, as kind: String, life: Int64
  ) throws(Refusal) -> String {
    var json = json
    json["until"] = .number(JSONNumber(clock.seconds + life))
    let body = Base64URL.text(JSON.object(json).compactBytes)
    return body + "." + Base64URL.text(try code(kind, body))
  }

  private func open(_ text: String, as kind: String) throws(Refusal) -> JSON? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let bytes = Base64URL.bytes(parts[0]),
      let given = Base64URL.bytes(parts[1]), crypto.isEqual(given, try code(kind, parts[0]))
    else { return nil }
    do {
      let json = try JSON.parse(bytes)
      return Int64(json["until"]?.int ?? 0) > clock.seconds ? json : Optional.none
    } catch { return nil }
  }

  private func code(_ kind: String, _ body: String) throws(Refusal) -> [UInt8] {
    let secret = try state().seal
    do throws(CryptoError) {
      return try crypto.hmacSHA256(key: secret, Array("\(kind) \(body)".utf8))
    } catch {
      throw Refusal(.serverError, error.description, status: 500)
    }
  }
}

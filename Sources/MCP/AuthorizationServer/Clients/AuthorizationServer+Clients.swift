import Authorization
import Crypto
import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

/// A client's document, kept for a while.
struct FetchedClient: Sendable {
  let client: StoredClient
  let until: Int64
}

// Who a client is: what it is called, and how it proves it.
extension AuthorizationServer {
  /// The client of that id, from the store or from its own document.
  func client(_ id: String) async throws(Refusal) -> StoredClient? {
    if id.contains("://") { return try await document(id) }
    return try await kept { () async throws(AuthorizationStoreError) in
      try await store.client(id, of: settings.system)
    }
  }

  // MARK: - Documents

  private static let documentLife: Int64 = 300
  private static let documentLimit = 256

  private func document(_ id: String) async throws(Refusal) -> StoredClient? {
    if let known = documents[id], known.until > clock.seconds { return known.client }
    guard !faults.has(.noRegistration), let url = Self.documentAddress(id),
      let answer = await surroundings.fetch(url), answer.status == 200
    else { return nil }
    let json: JSON
    do { json = try JSON.parse(answer.body) } catch { return nil }
    guard json["client_id"]?.string == id, json["client_secret"] == nil else { return nil }
    let metadata = try ClientMetadata(asked: json, isDocument: true)
    guard !metadata.needsSecret else {
      throw Refusal(.invalidClient, "a client with a document has no secret", status: 401)
    }
    let client = StoredClient(
      system: settings.system, id: id, metadata: metadata, secret: nil, origin: .document,
      createdAt: clock.wallTime)
    if documents.count >= Self.documentLimit { documents = [:] }
    documents[id] = FetchedClient(client: client, until: clock.seconds + Self.documentLife)
    return client
  }

  /// An address with a path, without anything that could mean two things.
  static func documentAddress(_ id: String) -> WebURL? {
    do {
      let url = try WebURL(id)
      guard url.text == id, url.isSecure || (url.scheme == "http" && url.isLoopback),
        url.path.utf8.count > 1, url.fragment == nil, !url.hasUserinfo
      else { return nil }
      return url
    } catch { return nil }
  }

  // MARK: - Proving

  /// The client that a request to the token endpoint comes from, once it has proven it.
  func authenticated(_ call: WebCall) async throws(Refusal) -> StoredClient {
    if faults.has(.clientUnknown) { throw Self.unknownClient }
    let shown = try ShownClient(call)
    guard let client = try await client(shown.id) else { throw Self.unknownClient }
    switch shown.proof {
    case .none:
      guard client.metadata.method == "none" else {
        throw Refusal(
          .invalidClient, "the client must prove itself by \(client.metadata.method)", status: 401,
          fields: shown.challenge)
      }
    case .secret(let secret):
      guard let known = client.secret, crypto.isEqual(known, digest(secret)) else {
        throw Refusal(
          .invalidClient, "the client's secret is wrong", status: 401, fields: shown.challenge)
      }
    case .assertion(let text): try await check(text, of: client, call)
    }
    return client
  }

  static let unknownClient = Refusal(
    .invalidClient, "there is no such client here", status: 401,
    fields: ["WWW-Authenticate": "Basic realm=\"alidade\""])

  private func check(
    _ text: String, of client: StoredClient, _ call: WebCall
  ) async throws(Refusal) {
    func bad(_ text: String) -> Refusal { Refusal(.invalidClient, text, status: 401) }
    guard client.metadata.method == "private_key_jwt", let assertion = CompactJWT(text) else {
      throw bad("the client does not prove itself by assertions")
    }
    guard assertion.isSigned(byOneOf: await keys(of: client), crypto) else {
      throw bad("the assertion's signature is none of the client's")
    }
    guard assertion.claims["iss"]?.string == client.id,
      assertion.claims["sub"]?.string == client.id
    else { throw bad("the assertion's iss and sub must be the client's id") }
    guard assertion.audienceContains([call.base, call.base + "/", call.base + "/token"]) else {
      throw bad("the assertion is for another server than \(call.base)")
    }
    try checkTimes(assertion, code: .invalidClient)
  }

  /// An assertion counts for a while and once.
  func checkTimes(_ assertion: CompactJWT, code: Refusal.Code) throws(Refusal) {
    let now = clock.seconds
    let status = code == .invalidClient ? 401 : 400
    guard let expires = assertion.claims["exp"]?.int.map(Int64.init), expires > now - 30 else {
      throw Refusal(code, "the assertion is over, or has no exp", status: status)
    }
    for name in ["nbf", "iat"] {
      if let from = assertion.claims[name]?.int, Int64(from) > now + 60 {
        throw Refusal(code, "the assertion's \(name) is in the future", status: status)
      }
    }
    guard let id = assertion.claims["jti"]?.string else { return }
    let issuer = assertion.claims["iss"]?.string ?? ""
    guard assertions.take("\(issuer) \(id)", until: min(expires, now + 86_400), now: now) else {
      throw Refusal(code, "the assertion was used before", status: status)
    }
  }

  private func keys(of client: StoredClient) async -> [PublicJWK] {
    let own = client.metadata.keys
    guard own.isEmpty, let address = client.metadata.keysAddress else { return own }
    return PublicJWK.set(await fetchedJSON(address))
  }

  /// A document that somebody names; nil where it cannot be had.
  func fetchedJSON(_ address: String) async -> JSON? {
    do {
      let url = try WebURL(address)
      guard let answer = await surroundings.fetch(url), answer.status == 200 else { return nil }
      return try JSON.parse(answer.body)
    } catch { return nil }
  }
}

/// Who a request says it comes from, and by what it means to prove it.
struct ShownClient: Sendable {
  enum Proof: Sendable {
    case none
    case secret(String)
    case assertion(String)
  }

  let id: String
  let proof: Proof
  private let isHeader: Bool

  /// A client that used the header is told by a header.
  var challenge: HTTPFields {
    isHeader ? ["WWW-Authenticate": "Basic realm=\"alidade\""] : [:]
  }

  init(_ call: WebCall) throws(Refusal) {
    let basic = try Self.basic(call.request.headers)
    let secret = call.form["client_secret"]
    let assertion = try Self.assertion(call.form)
    guard [basic != nil, secret != nil, assertion != nil].count(where: { $0 }) <= 1 else {
      throw Refusal(.invalidRequest, "the client proves itself in more than one way")
    }
    isHeader = basic != nil
    let named = basic?.0 ?? call.form["client_id"] ?? assertion?.0
    guard let named, call.form["client_id"] ?? named == named else {
      throw Refusal(.invalidClient, "client_id is missing or stands for two", status: 401)
    }
    id = named
    if let basic {
      proof = .secret(basic.1)
    } else if let secret {
      proof = .secret(secret)
    } else if let assertion {
      proof = .assertion(assertion.1)
    } else {
      proof = .none
    }
  }

  private static func basic(_ fields: HTTPFields) throws(Refusal) -> (String, String)? {
    guard let value = fields["Authorization"],
      value.prefix(6).equalsIgnoringASCIICase("Basic ")
    else { return nil }
    let url = value.dropFirst(6).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
    let text = String(url.filter { $0 != "=" })
    guard let bytes = Base64URL.bytes(text), let cut = bytes.firstIndex(of: UInt8(ascii: ":"))
    else {
      throw Refusal(.invalidClient, "the Basic header cannot be read", status: 401)
    }
    func plain(_ part: ArraySlice<UInt8>) -> String {
      let pair = FormEncoding.decode("x=" + String(decoding: part, as: UTF8.self))
      return pair.first?.1 ?? ""
    }
    return (plain(bytes[..<cut]), plain(bytes[(cut + 1)...]))
  }

  private static func assertion(_ form: Parameters) throws(Refusal) -> (String, String)? {
    guard let text = form["client_assertion"] else { return nil }
    guard
      form["client_assertion_type"]
        == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    else { throw Refusal(.invalidRequest, "client_assertion_type is not known here") }
    guard let subject = CompactJWT(text)?.claims["sub"]?.string else {
      throw Refusal(.invalidClient, "the assertion is no JWT with a sub", status: 401)
    }
    return (subject, text)
  }
}

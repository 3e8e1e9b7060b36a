package import Crypto
package import EventLoop
package import JSON
package import SafeText

/// A client that has just been made, with the secret that is shown once.
package struct MadeClient: Sendable {
  package let client: StoredClient
  package let secret: Secret?

  /// As the standard answers a registration.
  var answer: JSON {
    var json = client.metadata.json
    json["client_id"] = .string(client.id)
    json["client_id_issued_at"] = .number(
      JSONNumber(client.createdAt.microseconds / 1_000_000))
    if let secret {
      json["client_secret"] = .string(secret.reveal())
      json["client_secret_expires_at"] = 0
    }
    return .object(json)
  }
}

/// What somebody who runs a server wants a client to be.
package struct ClientOrder: Sendable {
  package var name: String
  package var scopes: [String] = []
  package var redirects: [String] = []
  /// The set of public keys of a client that signs; nil for one with a secret, or without any proof.
  package var keys: JSON?
  /// Whether the client can keep a secret.
  package var isConfidential = true

  package init(name: String) { self.name = name }
}

extension AuthorizationStore {
  /// A client that may act for itself where it can prove who it is.
  package func makeClient(
    _ order: ClientOrder, system: String, _ crypto: CryptoLibrary, at now: WallTime
  ) async throws(ClientOrderError) -> MadeClient {
    let method =
      order.keys != nil
      ? "private_key_jwt" : order.isConfidential ? "client_secret_basic" : "none"
    var grants = [JSON]()
    if method != "none" { grants.append(.string(GrantRow.clientCredentials)) }
    if !order.redirects.isEmpty { grants += ["authorization_code", "refresh_token"] }
    if method != "none" { grants += [.string(GrantRow.exchange), .string(GrantRow.assertion)] }
    grants.append(.string(GrantRow.device))
    var json: JSONObject = [
      "client_name": .string(order.name), "token_endpoint_auth_method": .string(method),
      "grant_types": .array(grants),
      "redirect_uris": .array(order.redirects.map(JSON.string)),
    ]
    if !order.scopes.isEmpty { json["scope"] = .string(order.scopes.joined(separator: " ")) }
    if let keys = order.keys { json["jwks"] = keys }
    let metadata: ClientMetadata
    do throws(Refusal) { metadata = try ClientMetadata(asked: .object(json)) } catch {
      throw .refused(error.text)
    }
    do throws(AuthorizationStoreError) {
      return try await makeClient(metadata, system: system, origin: .made, crypto, at: now)
    } catch { throw .store(error) }
  }

  func makeClient(
    _ metadata: ClientMetadata, system: String, origin: StoredClient.Origin,
    _ crypto: CryptoLibrary, at now: WallTime
  ) async throws(AuthorizationStoreError) -> MadeClient {
    let id: String
    var secret: String?
    do throws(CryptoError) {
      id = Base64URL.text(try crypto.randomBytes(16))
      if metadata.needsSecret { secret = Base64URL.text(try crypto.randomBytes(32)) }
    } catch { throw .noCrypto(error.description) }
    let client = StoredClient(
      system: system, id: id, metadata: metadata,
      secret: secret.map { crypto.sha256(Array($0.utf8)) }, origin: origin, createdAt: now)
    try await add(client)
    return MadeClient(client: client, secret: secret.map { Secret($0) })
  }
}

/// Why a client cannot be made as it was asked for.
package enum ClientOrderError: Error, Sendable, Hashable {
  case refused(String)
  case store(AuthorizationStoreError)
}

extension ClientOrderError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let text): text
    case .store(let error): error.description
    }
  }
}

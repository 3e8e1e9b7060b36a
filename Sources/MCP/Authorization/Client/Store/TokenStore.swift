package import Crypto
import EventLoop
import JSON

/// Sign-ins and registrations in files for the user alone: one a sign-in, keyed by issuer, client and resource.
package struct TokenStore: Sendable {
  private let tokens: PrivateFolder
  private let clients: PrivateFolder
  private let crypto: CryptoLibrary

  /// The folder is made when the first thing is kept.
  package init(folder: String, crypto: CryptoLibrary) {
    tokens = PrivateFolder(path: "\(folder)/tokens")
    clients = PrivateFolder(path: "\(folder)/clients")
    self.crypto = crypto
  }

  /// Whether there is any sign-in to look for.
  package static func holdsSomething(in folder: String) -> Bool {
    !PrivateFolder(path: "\(folder)/tokens").names(ending: ".json").isEmpty
  }

  private func name(_ parts: String...) -> String {
    let digest = crypto.sha256(Array(parts.joined(separator: "\u{0}").utf8))
    return Hexadecimal.text(Array(digest.prefix(16)))
  }

  private func name(of grant: StoredGrant) -> String {
    name(grant.issuer, grant.client.id, grant.resource ?? grant.server)
  }

  // MARK: - Sign-ins

  /// All that can be read, the newest first. A broken file hides no other.
  package func grants() throws(AuthorizationFailure) -> [StoredGrant] {
    var grants: [StoredGrant] = []
    for name in tokens.names(ending: ".json") {
      if let grant = try document(name, in: tokens).flatMap(StoredGrant.init) {
        grants.append(grant)
      }
    }
    return grants.sorted { $0.signedInAt > $1.signedInAt }
  }

  package func grant(for server: String) throws(AuthorizationFailure) -> StoredGrant? {
    try grants().first { $0.server == server }
  }

  /// What is kept now under the same key, perhaps by another process since.
  package func current(_ grant: StoredGrant) throws(AuthorizationFailure) -> StoredGrant? {
    try document(name(of: grant) + ".json", in: tokens).flatMap(StoredGrant.init)
  }

  package func save(_ grant: StoredGrant) throws(AuthorizationFailure) {
    try tokens.write(grant.stored.compactBytes, to: name(of: grant) + ".json")
  }

  package func remove(_ grant: StoredGrant) throws(AuthorizationFailure) {
    try tokens.remove(name(of: grant) + ".json")
  }

  /// Holds every other process off this sign-in while the work is done.
  @LoopActor
  func locked<Value: Sendable>(
    _ grant: StoredGrant, on clock: any LoopClock,
    _ work: @LoopActor () async throws(AuthorizationFailure) -> Value
  ) async throws(AuthorizationFailure) -> Value {
    let lock = try await FileLock.take(
      name(of: grant) + ".lock", in: tokens, within: .seconds(60), on: clock)
    defer { lock.release() }
    return try await work()
  }

  // MARK: - Registrations

  package func client(at issuer: String) throws(AuthorizationFailure) -> ClientIdentity? {
    try document(name(issuer) + ".json", in: clients).flatMap { ClientIdentity($0["client"]) }
  }

  package func save(_ client: ClientIdentity, at issuer: String) throws(AuthorizationFailure) {
    let json: JSON = ["issuer": .string(issuer), "client": client.stored]
    try clients.write(json.compactBytes, to: name(issuer) + ".json")
  }

  package func removeClient(at issuer: String) throws(AuthorizationFailure) {
    try clients.remove(name(issuer) + ".json")
  }

  private func document(
    _ name: String, in folder: PrivateFolder
  ) throws(AuthorizationFailure) -> JSON? {
    guard let bytes = try folder.read(name) else { return nil }
    do { return try JSON.parse(bytes) } catch { return nil }
  }
}

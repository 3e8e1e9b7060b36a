package import Crypto
import EventLoop
import JSON

/// Sign-ins and registrations in files for the user alone: one a sign-in, keyed by issuer, client and resource.
package struct TokenStore: Sendable {
  private let tokens: PrivateFolder
  private let clients: PrivateFolder
  private let crypto: CryptoLibrary
  /// How what is kept from now on is protected.
  let seal: TokenSeal

  /// The folder is made when the first thing is kept.
  package init(folder: String, crypto: CryptoLibrary, seal: TokenSeal = .unasked) {
    tokens = PrivateFolder(path: "\(folder)/tokens")
    clients = PrivateFolder(path: "\(folder)/clients")
    self.crypto = crypto
    self.seal = seal
  }

  /// Whether there is any sign-in to look for.
  package static func holdsSomething(in folder: String) -> Bool {
    !PrivateFolder(path: "\(folder)/tokens").names(ending: ".json").isEmpty
  }

  /// Whether something kept there needs a key to be read.
  package static func holdsSealed(in folder: String) -> Bool {
    ["tokens", "clients"].contains { part in
      let place = PrivateFolder(path: "\(folder)/\(part)")
      return place.names(ending: ".json").contains { name in
        do { return try written(name, in: place)?["sealed"] != nil } catch { return false }
      }
    }
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

  /// The newest for that server. One of another server that cannot be opened is in nobody's way.
  package func grant(for server: String) throws(AuthorizationFailure) -> StoredGrant? {
    var newest: StoredGrant?
    for name in tokens.names(ending: ".json") {
      guard let written = try Self.written(name, in: tokens), written["server"]?.string == server,
        let grant = try opened(written, name).flatMap(StoredGrant.init)
      else { continue }
      if grant.signedInAt > newest?.signedInAt ?? .min { newest = grant }
    }
    return newest
  }

  /// The same, or nil where there is no key to read it with.
  package func readableGrant(for server: String) throws(AuthorizationFailure) -> StoredGrant? {
    do throws(AuthorizationFailure) { return try grant(for: server) } catch .keyring {
      return nil
    } catch {
      throw error
    }
  }

  /// Forgets all sign-ins to that server but one, without looking into them.
  func removeOthers(than grant: StoredGrant) throws(AuthorizationFailure) {
    let own = name(of: grant) + ".json"
    for name in tokens.names(ending: ".json") where name != own {
      if try Self.written(name, in: tokens)?["server"]?.string == grant.server {
        try tokens.remove(name)
      }
    }
  }

  /// What is kept now under the same key, perhaps by another process since.
  package func current(_ grant: StoredGrant) throws(AuthorizationFailure) -> StoredGrant? {
    try document(name(of: grant) + ".json", in: tokens).flatMap(StoredGrant.init)
  }

  package func save(_ grant: StoredGrant) throws(AuthorizationFailure) {
    try write(grant.stored, named: ("server", grant.server), to: name(of: grant), in: tokens)
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
    try write(json, named: ("issuer", issuer), to: name(issuer), in: clients)
  }

  package func removeClient(at issuer: String) throws(AuthorizationFailure) {
    try clients.remove(name(issuer) + ".json")
  }

  // MARK: - Files

  private func document(
    _ name: String, in folder: PrivateFolder
  ) throws(AuthorizationFailure) -> JSON? {
    try Self.written(name, in: folder).flatMap { written throws(AuthorizationFailure) in
      try opened(written, name)
    }
  }

  private static func written(
    _ name: String, in folder: PrivateFolder
  ) throws(AuthorizationFailure) -> JSON? {
    guard let bytes = try folder.read(name) else { return nil }
    do { return try JSON.parse(bytes) } catch { return nil }
  }

  private func opened(_ written: JSON, _ name: String) throws(AuthorizationFailure) -> JSON? {
    guard let sealed = written["sealed"]?.string else { return written }
    guard let bytes = try seal.opened(sealed, as: name, crypto) else { return nil }
    do { return try JSON.parse(bytes) } catch { return nil }
  }

  /// What it is about stands beside the sealed text, so that it can be found without the key.
  private func write(
    _ json: JSON, named: (String, String), to name: String, in folder: PrivateFolder
  ) throws(AuthorizationFailure) {
    let name = "\(name).json"
    guard let sealed = try seal.sealed(json.compactBytes, as: name, crypto) else {
      return try folder.write(json.compactBytes, to: name)
    }
    let object: JSONObject = [named.0: .string(named.1), "sealed": .string(sealed)]
    try folder.write(JSON.object(object).compactBytes, to: name)
  }
}

import Arguments
import Audit
import AuthorizationServer
import Crypto
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  static let clientsList = Command(
    onLoop: CommandRow(
      "clients list", in: .serving, summary: "List the clients of the authorization servers",
      options: [AuthorizationRows.only, RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade clients list --json", "With their redirect URIs")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.authorization()
    let clients = try await desk.clients(arguments, store)
    await store.close()
    if desk.wantsJSON {
      desk.write(["clients": .array(clients.map(\.json))])
    } else {
      desk.table(clients.map(\.row), header: StoredClient.header, empty: "no clients")
    }
    return .ok
  }

  static let clientsCreate = Command(
    onLoop: CommandRow(
      "clients create", in: .serving, summary: "Make a client of a system's authorization server",
      details: [
        "A client with a secret or with keys may act for itself; with --redirect-uri people can sign in with it. "
          + "The secret is written once and kept as a hash."
      ],
      options: [
        AuthorizationRows.system, AuthorizationRows.name, AuthorizationRows.scopes,
        AuthorizationRows.redirects, AuthorizationRows.keys, AuthorizationRows.open,
        RecordRows.data, RecordRows.store, .json,
      ],
      examples: [
        .init(
          "alidade clients create --system conformance --name nightly",
          "Writes the id and the secret"),
        .init(
          "alidade clients create --system conformance --name app --public --redirect-uri http://127.0.0.1/callback",
          "For people, without a secret"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    var order = ClientOrder(name: arguments[AuthorizationRows.name] ?? "")
    order.scopes = KeyRows.words(arguments, AuthorizationRows.scopes)
    order.redirects = arguments.all(AuthorizationRows.redirects)
    order.isConfidential = !arguments.has(AuthorizationRows.open)
    if let path = arguments[AuthorizationRows.keys] {
      order.keys = try context.json(of: path)
    }
    let made = try await desk.make(order, system: arguments[AuthorizationRows.system] ?? "")
    try await desk.note(
      made.client.event(.clientMade, by: desk.person, at: desk.now, program: desk.program))
    if desk.wantsJSON {
      var json = made.client.json.object ?? [:]
      if let secret = made.secret { json["secret"] = .string(secret.reveal()) }
      desk.write(.object(json))
      return .ok
    }
    context.output.line(made.client.id)
    guard let secret = made.secret else { return .ok }
    context.output.line(secret.reveal())
    context.errors.line("This is the only time that the secret is shown: the second line.")
    return .ok
  }

  static let clientsRemove = Command(
    onLoop: CommandRow(
      "clients remove", in: .serving, summary: "End a client and everything it was granted",
      positionals: [AuthorizationRows.client],
      options: [
        AuthorizationRows.only, RecordRows.yes, RecordRows.data, RecordRows.store, .json,
      ],
      examples: [.init("alidade clients remove nightly --yes", "By its name")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.authorization()
    let client = try desk.one(
      arguments[AuthorizationRows.client] ?? "", of: try await desk.clients(arguments, store),
      "client", id: \.id, names: { [$0.name] })
    let name = SafeText(client.name).text
    try await desk.confirm("End the client \(name) and all its tokens?", arguments)
    let now = desk.now
    _ = try await desk.authorized { () async throws(AuthorizationStoreError) in
      try await store.remove(client: client.id, of: client.system, at: now)
    }
    await store.close()
    try await desk.note(
      client.event(.clientRemoved, by: desk.person, at: now, program: desk.program))
    if desk.wantsJSON {
      desk.write(["id": .string(client.id), "removed": true])
    } else {
      context.output.line("removed \(client.id): \(name)")
    }
    return .ok
  }

  static let clientsRotate = Command(
    onLoop: CommandRow(
      "clients rotate-signing", in: .serving,
      summary: "Sign with a new key; the old one stays known for a while",
      options: [AuthorizationRows.system, RecordRows.data, RecordRows.store, .json],
      examples: [
        .init("alidade clients rotate-signing --system conformance", "Running servers follow")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.authorization()
    let (crypto, now) = (try desk.crypto(), desk.now)
    let system = arguments[AuthorizationRows.system] ?? ""
    try await desk.authorized { () async throws(AuthorizationStoreError) in
      try await store.rotateKey(of: system, crypto, at: now)
    }
    await store.close()
    if desk.wantsJSON {
      desk.write(["system": .string(system), "rotated": true])
    } else {
      context.output.line("\(system) signs with a new key")
    }
    return .ok
  }
}

extension RecordDesk {
  fileprivate func clients(
    _ arguments: ParsedArguments, _ store: AuthorizationStore
  ) async throws(CommandFailure) -> [StoredClient] {
    let system = arguments[AuthorizationRows.only]
    return try await authorized { () async throws(AuthorizationStoreError) in
      try await store.clients(of: system)
    }
  }

  fileprivate func make(
    _ order: ClientOrder, system: String
  ) async throws(CommandFailure) -> MadeClient {
    let store = try await authorization()
    let crypto = try crypto()
    do throws(ClientOrderError) {
      let made = try await store.makeClient(order, system: system, crypto, at: now)
      await store.close()
      return made
    } catch { throw CommandFailure(.usage, error.description) }
  }

  fileprivate func crypto() throws(CommandFailure) -> CryptoLibrary {
    do throws(CryptoError) { return try .load() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }
}

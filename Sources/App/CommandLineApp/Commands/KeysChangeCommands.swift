import Arguments
import Audit
import EventLoop
import JSON
import Keys
import SafeText

extension Command {
  static let keysCreate = Command(
    onLoop: CommandRow(
      "keys create", in: .serving, summary: "Make an API key for a system",
      details: [
        "The key is written once, on standard output, and kept nowhere: the store has its salted hash. Making one asks for a confirmation, in scripts --yes."
      ],
      options: [
        KeyRows.system, KeyRows.name, KeyRows.scopes, KeyRows.projects, KeyRows.expires,
        KeyRows.test, RecordRows.yes, RecordRows.data, RecordRows.store, .json,
      ],
      examples: [
        .init(
          "alidade keys create --system alumia --name ci --scopes read,write --expires 90d",
          "Asks, then writes the key"),
        .init(
          "KEY=$(alidade keys create --system allv --name bot --yes)", "For scripts"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let request = try await KeyRows.request(arguments, desk)
    let store = try await desk.keys()
    try await desk.confirm(
      "Make a key for \(request.system.name) that may \(request.scopes.joined(separator: ", "))?",
      arguments)
    let now = desk.now
    let minted = try await desk.kept { () async throws(KeyError) in
      try await store.mint(request, at: now)
    }
    try await desk.hand(out: minted, .keyCreated, store)
    return .ok
  }

  static let keysRotate = Command(
    onLoop: CommandRow(
      "keys rotate", in: .serving, summary: "Put a new API key in an old one's place",
      details: [
        "The new key has the name, scopes and span of life of the old one, which ends at once, or after --grace."
      ],
      positionals: [KeyRows.key],
      options: [KeyRows.grace, RecordRows.yes, RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade keys rotate ci --grace 3600", "The old key opens for another hour")]
    )
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.keys()
    let old = try await desk.key(arguments[KeyRows.key] ?? "", in: store)
    guard old.status(at: desk.now) == .active, let system = KeySystem.named(old.system) else {
      throw CommandFailure(.usage, "the key '\(old.name)' is \(old.status(at: desk.now).rawValue)")
    }
    let grace = arguments.duration(KeyRows.grace) ?? .zero
    try await desk.confirm("Put a new key in the place of \(old.shown)?", arguments)
    let (person, now) = (desk.person, desk.now)
    let minted = try await desk.kept { () async throws(KeyError) in
      try await store.rotate(old, system: system, grace: grace, by: person, at: now)
    }
    try await desk.hand(out: minted, .keyRotated, store)
    return .ok
  }

  static let keysRevoke = Command(
    onLoop: CommandRow(
      "keys revoke", in: .serving, summary: "End an API key at once",
      positionals: [KeyRows.key],
      options: [RecordRows.yes, RecordRows.data, RecordRows.store, .json],
      examples: [
        .init(
          "alidade keys revoke alm_live_x7Kd93hQ2a --yes",
          "Running servers see it with the next call")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.keys()
    let key = try await desk.key(arguments[KeyRows.key] ?? "", in: store)
    try await desk.confirm("End \(key.shown) (\(SafeText(key.name).text))?", arguments)
    let now = desk.now
    let isNew = try await desk.kept { () async throws(KeyError) in
      try await store.revoke(key.id, at: now)
    }
    await store.close()
    if isNew { try await desk.note(.keyRevoked, key) }
    let change = isNew ? "revoked" : "was revoked before:"
    if desk.wantsJSON {
      desk.write(["id": .string(key.id), "revoked": .bool(isNew)])
    } else {
      context.output.line("\(change) \(SafeText(key.name).text) \(key.shown)")
    }
    return .ok
  }
}

extension RecordDesk {
  /// Notes the change first: a key that nobody can account for is taken back.
  fileprivate func hand(
    out minted: MintedKey, _ kind: AuditEvent.Kind, _ store: KeyStore
  ) async throws(CommandFailure) {
    do throws(CommandFailure) { try await note(kind, minted.key) } catch {
      let now = now
      _ = try await kept { () async throws(KeyError) in
        try await store.revoke(minted.key.id, at: now)
      }
      throw error
    }
    await store.close()
    guard !wantsJSON else {
      var object = minted.key.json(at: now).object ?? [:]
      object.members.insert(.init(key: "key", value: .string(minted.text.reveal())), at: 0)
      return write(.object(object))
    }
    context.output.line(minted.text.reveal())
    context.errors.line("This is the only time that the key is shown. Its id is \(minted.key.id).")
  }
}

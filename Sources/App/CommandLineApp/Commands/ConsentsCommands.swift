import Arguments
import AuthorizationServer
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  static let consentsList = Command(
    onLoop: CommandRow(
      "consents list", in: .serving, summary: "List which clients users have let in",
      options: [AuthorizationRows.only, RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade consents list", "Of all systems served from this folder")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.authorization()
    let system = arguments[AuthorizationRows.only]
    let consents = try await desk.authorized { () async throws(AuthorizationStoreError) in
      try await store.consents(of: system)
    }
    await store.close()
    if desk.wantsJSON {
      desk.write(["consents": .array(consents.map(\.json))])
    } else {
      desk.table(consents.map(\.row), header: StoredConsent.header, empty: "no consents")
    }
    return .ok
  }

  static let consentsRevoke = Command(
    onLoop: CommandRow(
      "consents revoke", in: .serving,
      summary: "Take back what a user allowed a client, tokens and all",
      positionals: [AuthorizationRows.consent],
      options: [
        AuthorizationRows.only, RecordRows.yes, RecordRows.data, RecordRows.store, .json,
      ],
      examples: [
        .init("alidade consents revoke 4kXq0Zt1 --yes", "Running servers see it with the next call")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let store = try await desk.authorization()
    let system = arguments[AuthorizationRows.only]
    let all = try await desk.authorized { () async throws(AuthorizationStoreError) in
      try await store.consents(of: system)
    }
    let consent = try desk.one(
      arguments[AuthorizationRows.consent] ?? "", of: all, "consent", id: \.id,
      names: { [$0.client, $0.clientName] })
    let words = "\(SafeText(consent.clientName).text) for \(consent.person)"
    try await desk.confirm("Take back the consent of \(words)?", arguments)
    let now = desk.now
    try await desk.authorized { () async throws(AuthorizationStoreError) in
      try await store.revoke(consent, at: now)
    }
    await store.close()
    try await desk.note(consent.revocation(by: desk.person, at: now, program: desk.program))
    if desk.wantsJSON {
      desk.write(["id": .string(consent.id), "revoked": true])
    } else {
      context.output.line("revoked \(consent.id): \(words)")
    }
    return .ok
  }
}

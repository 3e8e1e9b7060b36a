import Audit
import AuthorizationServer
import EventLoop
import Faults
import Keys
import MockBackend
import Operations
import SafeText

// The records of the user's data folder: looked at, and changed with a note on the audit.
extension RecordsDesk {
  package func meet(_ wish: OfficeWish) async throws(OfficeRefusal) -> OfficeNews {
    switch wish {
    case .approvals:
      return .approvals(try approvals { store throws(WorldError) in try store.all() })
    case .decide(let id, let isApproved, let reason):
      let (person, state) = (person, isApproved ? Approval.State.approved : .rejected)
      let decided = try approvals { store throws(WorldError) in
        try store.decide(id, state, by: person, note: reason.isEmpty ? nil : reason)
      }
      return .done("\(decided.id) is \(decided.state.rawValue)")
    case .keys: return .keys(try await keys { store throws(KeyError) in try await store.keys() })
    case .mint(let wish): return .minted(try await mint(wish))
    case .rotateKey(let id): return .minted(try await rotate(id))
    case .revokeKey(let id): return .done(try await revoke(id))
    case .consents:
      return .consents(
        try await consents { store throws(AuthorizationStoreError) in try await store.consents() })
    case .revokeConsent(let id): return .done(try await revokeConsent(id))
    case .faults: return .faults(faults())
    case .setFault(let fault, let isOn):
      try setFault(fault, isOn)
      return .done("\(fault.id) of \(fault.system) is \(isOn ? "on" : "off")")
    }
  }

  /// Who changes things, for the record.
  private var person: String {
    ["LOGNAME", "USER"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "unknown"
  }

  private var folder: DataFolder {
    get throws(OfficeRefusal) {
      guard let path = DataFolder.path(in: environment) else {
        throw OfficeRefusal("there is no data folder without a HOME")
      }
      return DataFolder(path)
    }
  }

  // MARK: - Approvals

  private func approvals<Value>(
    _ work: (ApprovalStore) throws(WorldError) -> Value
  ) throws(OfficeRefusal) -> Value {
    let folder = try folder
    do throws(SystemError) { _ = try folder.prepare(.approvals) } catch {
      throw OfficeRefusal("cannot make '\(error.call)': \(error.reason)")
    }
    do throws(WorldError) {
      let store = try ApprovalStore(folder.file(.approvals), clock: loop.clock)
      defer { store.close() }
      return try work(store)
    } catch { throw OfficeRefusal(error.description) }
  }

  // MARK: - Keys

  private func keys<Value: Sendable>(
    _ work: @LoopActor (KeyStore) async throws(KeyError) -> Value
  ) async throws(OfficeRefusal) -> Value {
    let store: KeyStore
    do throws(RecordsError) { store = try await records().keys() } catch {
      throw OfficeRefusal(error.description)
    }
    let result: Result<Value, KeyError>
    do throws(KeyError) { result = .success(try await work(store)) } catch {
      result = .failure(error)
    }
    await store.close()
    return try result.mapError { OfficeRefusal($0.description) }.get()
  }

  private func mint(_ wish: KeyWish) async throws(OfficeRefusal) -> MintedText {
    var request = KeyRequest(
      system: wish.system, name: wish.name, scopes: wish.scopes, createdBy: person)
    let now = loop.clock.wallTime
    request.expiresAt = wish.life.map { now.advanced(by: .seconds($0)) }
    let asked = request
    let minted = try await keys { store throws(KeyError) in try await store.mint(asked, at: now) }
    return try await handOut(minted, .keyCreated)
  }

  private func rotate(_ id: String) async throws(OfficeRefusal) -> MintedText {
    let (person, now) = (person, loop.clock.wallTime)
    let old = try await key(id)
    guard let system = KeySystem.named(old.system), old.status(at: now) == .active else {
      throw OfficeRefusal("the key '\(old.name)' is \(old.status(at: now).rawValue)")
    }
    let minted = try await keys { store throws(KeyError) in
      try await store.rotate(old, system: system, grace: .zero, by: person, at: now)
    }
    return try await handOut(minted, .keyRotated)
  }

  private func revoke(_ id: String) async throws(OfficeRefusal) -> String {
    let now = loop.clock.wallTime
    let key = try await key(id)
    let isNew = try await keys { store throws(KeyError) in try await store.revoke(id, at: now) }
    if isNew { try await note(.keyRevoked, key) }
    return isNew ? "ended \(key.name)" : "\(key.name) was ended before"
  }

  private func key(_ id: String) async throws(OfficeRefusal) -> APIKey {
    let all = try await keys { store throws(KeyError) in try await store.keys() }
    guard let key = all.first(where: { $0.id == id }) else {
      throw OfficeRefusal("the key is not there any more")
    }
    return key
  }

  /// Notes the change first: a key that nobody can account for is taken back.
  private func handOut(
    _ minted: MintedKey, _ kind: AuditEvent.Kind
  ) async throws(OfficeRefusal) -> MintedText {
    do throws(OfficeRefusal) { try await note(kind, minted.key) } catch {
      let now = loop.clock.wallTime
      _ = try await keys { store throws(KeyError) in
        try await store.revoke(minted.key.id, at: now)
      }
      throw error
    }
    return MintedText(
      text: minted.text.reveal(), name: minted.key.name, prefix: minted.key.prefix)
  }

  private func note(_ kind: AuditEvent.Kind, _ key: APIKey) async throws(OfficeRefusal) {
    try await note(key.event(kind, by: person, at: loop.clock.wallTime))
  }

  private func note(_ event: AuditEvent) async throws(OfficeRefusal) {
    do throws(RecordsError) {
      let store = try await records().audit()
      do throws(AuditError) { try await store.append([event]) } catch { throw .audit(error) }
      await store.close()
    } catch { throw OfficeRefusal(error.description) }
  }

  // MARK: - Consents

  private func consents<Value: Sendable>(
    _ work: @LoopActor (AuthorizationStore) async throws(AuthorizationStoreError) -> Value
  ) async throws(OfficeRefusal) -> Value {
    let store: AuthorizationStore
    do throws(RecordsError) { store = try await records().authorization() } catch {
      throw OfficeRefusal(error.description)
    }
    let result: Result<Value, AuthorizationStoreError>
    do throws(AuthorizationStoreError) { result = .success(try await work(store)) } catch {
      result = .failure(error)
    }
    await store.close()
    return try result.mapError { OfficeRefusal($0.description) }.get()
  }

  private func revokeConsent(_ id: String) async throws(OfficeRefusal) -> String {
    let now = loop.clock.wallTime
    let consent = try await consents { store throws(AuthorizationStoreError) in
      let found = try await store.consents().first { $0.id == id }
      if let found { try await store.revoke(found, at: now) }
      return found
    }
    guard let consent else { return "the consent was taken back before" }
    try await note(consent.revocation(by: person, at: now))
    return "took back the consent of \(consent.clientName) for \(consent.person)"
  }

  // MARK: - Faults

  private func faults() -> [FaultSwitch] {
    station.servedFaults(ownFolder).map {
      FaultSwitch(
        system: $0.system, id: $0.row.id, title: $0.row.title, place: $0.row.place.rawValue,
        isOn: $0.isOn, isElsewhere: $0.isElsewhere)
    }
  }

  private var ownFolder: DataFolder? { DataFolder.path(in: environment).map { DataFolder($0) } }

  private func setFault(_ fault: FaultSwitch, _ isOn: Bool) throws(OfficeRefusal) {
    do throws(OperationFailure) {
      try station.setFault(
        fault.id, of: fault.system, to: isOn, in: fault.isElsewhere ? ownFolder : nil)
    } catch { throw OfficeRefusal(error.sentence) }
  }
}

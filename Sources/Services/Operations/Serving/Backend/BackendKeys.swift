import Audit
import EventLoop
import JSON
import Keys
import MockBackend
import MockCatalogs
import SafeText

/// Keys by REST, for systems whose documents show it: made, listed and ended by holders of a key.
@LoopActor
final class BackendKeys {
  private let records: Records

  init(_ records: Records) { self.records = records }

  func answer(
    _ question: RestDesk.Question, _ key: APIKey, _ door: BackendDoor
  ) async throws(WorldError) -> RestDesk.Answer {
    guard door.plan.mintsKeys else {
      throw .forbidden(
        "API keys of \(door.system.name) are not made by its API: make them in the dashboard, here with alidade keys create"
      )
    }
    switch (question.method, question.segments.count) {
    case ("POST", 1): return RestDesk.Answer(status: 201, try await mint(question, key, door))
    case ("GET", 1): return RestDesk.Answer(status: 200, try await list(door))
    case ("DELETE", 2):
      return RestDesk.Answer(status: 200, try await revoke(question.segments[1], key, door))
    default:
      var answer = RestDesk.Answer(WorldError(.invalid, "\(question.method) is not answered here"))
      answer.status = 405
      answer.allowed = question.segments.count == 1 ? ["GET", "POST"] : ["DELETE"]
      return answer
    }
  }

  // MARK: - Deeds

  private func mint(
    _ question: RestDesk.Question, _ key: APIKey, _ door: BackendDoor
  ) async throws(WorldError) -> JSON {
    try mayWrite(key)
    let request = try wish(question.body, key, door)
    let minted = try await kept { store, now async throws(KeyError) in
      try await store.mint(request, at: now)
    }
    try await note(.keyCreated, minted.key, by: key)
    guard case .object(var shown) = Self.shown(minted.key) else { return .null }
    shown.members.insert(.init(key: "key", value: .string(minted.text.reveal())), at: 2)
    return .object(shown)
  }

  private func list(_ door: BackendDoor) async throws(WorldError) -> JSON {
    let name = door.system.name
    let keys = try await kept { store, now async throws(KeyError) in
      try await store.keys(system: name).filter { $0.status(at: now) == .active }
    }
    return ["api_keys": .array(keys.map(Self.shown))]
  }

  private func revoke(
    _ id: String, _ key: APIKey, _ door: BackendDoor
  ) async throws(WorldError) -> JSON {
    try mayWrite(key)
    let name = door.system.name
    let found = try await kept { store, now async throws(KeyError) -> APIKey? in
      let all = try await store.keys(system: name)
      guard let one = all.first(where: { $0.id == id }) else { return nil }
      _ = try await store.revoke(id, at: now)
      return one
    }
    guard let found else { throw .notFound("API key", id, "id") }
    try await note(.keyRevoked, found, by: key)
    return ["deleted": true, "id": .string(id)]
  }

  private func mayWrite(_ key: APIKey) throws(WorldError) {
    guard key.scopes.contains("write") else {
      throw .forbidden("forbidden: the token lacks the scope write")
    }
  }

  /// A key gives no more than it has.
  private func wish(
    _ body: [UInt8], _ key: APIKey, _ door: BackendDoor
  ) throws(WorldError) -> KeyRequest {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(body) } catch {
      throw WorldError(.invalid, "the body is not JSON: \(error.sentence)")
    }
    let given = Arguments(json.object ?? [:])
    let name = try given.words("name")
    guard name.count <= 200 else { throw .invalid("name", "is longer than 200 characters") }
    let scopes = given.has("scopes") ? given.list("scopes") : door.system.usualScopes
    let foreign = scopes.filter { !door.system.scopes.contains($0) || !key.scopes.contains($0) }
    guard foreign.isEmpty, !scopes.isEmpty else {
      throw .invalid(
        "scopes", "a key may be given \(key.scopes.joined(separator: ", ")), and no other scope")
    }
    var request = KeyRequest(
      system: door.system, name: name, scopes: scopes, createdBy: key.name)
    request.projects = given.list("project_ids")
    if !key.projects.isEmpty {
      request.projects = request.projects.isEmpty ? key.projects : request.projects
      guard Set(request.projects).isSubset(of: key.projects) else {
        throw .invalid("project_ids", "the token reaches only some of these projects")
      }
    }
    request.expiresAt = try Self.end(given)
    request.isTest = key.prefix.hasPrefix(door.system.test)
    return request
  }

  private static func end(_ given: Arguments) throws(WorldError) -> WallTime? {
    guard let text = given.text("expires_at") else { return nil }
    guard let end = Day(String(text.prefix(10)))?.time(), end > LoopActor.loop.clock.wallTime else {
      throw .invalid("expires_at", "\"\(text.prefix(40))\" is no day to come; write YYYY-MM-DD")
    }
    return end
  }

  private static func shown(_ key: APIKey) -> JSON {
    [
      "id": .string(key.id), "name": .string(key.name), "key_prefix": .string(key.prefix),
      "scopes": .array(key.scopes.map(JSON.string)),
      "project_ids": .array(key.projects.map(JSON.string)),
      "created_at": .string(key.createdAt.description),
      "expires_at": key.expiresAt.map { .string($0.description) } ?? .null,
    ]
  }

  // MARK: - Records

  private func kept<Value: Sendable>(
    _ work: (KeyStore, WallTime) async throws(KeyError) -> Value
  ) async throws(WorldError) -> Value {
    do throws(RecordsError) {
      let store = try await records.keys()
      do throws(KeyError) {
        let value = try await work(store, LoopActor.loop.clock.wallTime)
        await store.close()
        return value
      } catch {
        await store.close()
        throw .keys(error)
      }
    } catch { throw WorldError(.unavailable, error.description) }
  }

  private func note(
    _ kind: AuditEvent.Kind, _ key: APIKey, by maker: APIKey
  ) async throws(WorldError) {
    var event = AuditEvent(
      at: LoopActor.loop.clock.wallTime, kind: kind, principal: maker.name, system: key.system,
      tool: key.prefix, outcome: .ok)
    event.credential = maker.prefix
    event.arguments = [
      "name": .string(key.name), "scopes": .array(key.scopes.map(JSON.string)),
    ]
    let noted = event
    do throws(RecordsError) {
      let audit = try await records.audit()
      do throws(AuditError) { _ = try await audit.append([noted]) } catch { throw .audit(error) }
      await audit.close()
    } catch { throw WorldError(.unavailable, error.description) }
  }
}

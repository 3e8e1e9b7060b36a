import Database
import EventLoop
import HTTP
import HTTPCore
import JSON
import MCPServer
import Sessions

/// The directory of sessions on a store that several servers share; what is at work elsewhere is passed on.
@LoopActor
final class SharedSessions: SessionDirectory {
  private let store: SessionStore
  private let system: String
  private let own: SessionHome
  private let life: Duration
  private let clock: any LoopClock
  private let relay: RequestRelay
  /// Servers that could not be reached: their sessions are taken over.
  private var gone: Set<String> = []
  /// Sessions that are being forgotten: they are nowhere already.
  private var forgetting: Set<String> = []

  init(
    _ store: SessionStore, system: String, own: SessionHome, life: Duration, relay: RequestRelay,
    clock: any LoopClock
  ) {
    self.store = store
    self.system = system
    self.own = own
    self.life = life
    self.relay = relay
    self.clock = clock
  }

  func keep(_ session: KnownSession) async -> Bool {
    let stored = StoredSession(
      id: session.id, system: system, principal: session.principal,
      opening: session.opening.compact, state: session.state.compact, home: own,
      usedAt: clock.wallTime)
    do throws(DatabaseError) {
      try await store.keep(stored)
      return true
    } catch { return false }
  }

  // MARK: - Finding

  func find(_ id: String) async -> SessionPlace {
    if forgetting.contains(id) { return .nowhere }
    do throws(DatabaseError) {
      guard let found = try await store.find(id), found.system == system,
        clock.wallTime < found.usedAt.advanced(by: life * 2), !forgetting.contains(id)
      else { return .nowhere }
      if found.home.name == own.name { return .here(found.known) }
      // Another run at this very address is over.
      guard found.home.address == own.address || gone.contains(found.home.name) else {
        return .elsewhere(name: found.home.name, address: found.home.address)
      }
      let isOurs = try await store.claim(id, from: found.home, to: own, at: clock.wallTime)
      return isOurs ? .here(found.known) : await find(id)
    } catch { return .unknown }
  }

  func pass(
    _ request: HTTPServerRequest, _ responder: HTTPResponder, to place: SessionPlace
  ) async -> Bool {
    guard case .elsewhere(let name, let address) = place else { return false }
    if await relay.pass(request, responder, to: SessionHome(name: name, address: address)) {
      return true
    }
    gone.insert(name)
    return false
  }

  func isMeant(_ request: HTTPServerRequest) -> Bool? {
    request.headers[RequestRelay.field].map { $0 == own.name }
  }

  // MARK: - Noting

  func note(_ session: KnownSession) {
    attempt { [store] () async throws(DatabaseError) in
      try await store.note(session.id, state: session.state.compact)
    }
  }

  func forget(_ id: String) {
    forgetting.insert(id)
    attempt { [store, self] () async throws(DatabaseError) in
      defer { forgetting.remove(id) }
      try await store.forget(id)
    }
  }

  func touch(_ ids: [String]) {
    let (now, life) = (clock.wallTime, life * 2)
    attempt { [store] () async throws(DatabaseError) in
      try await store.touch(ids, at: now, forgettingAfter: life)
    }
  }

  /// What is lost here costs a session at most some of its memory, should its server go.
  private func attempt(_ work: @escaping @LoopActor () async throws(DatabaseError) -> Void) {
    Task {
      do throws(DatabaseError) { try await work() } catch { return }
    }
  }
}

extension StoredSession {
  fileprivate var known: KnownSession {
    KnownSession(
      id: id, principal: principal, opening: Self.value(opening), state: Self.value(state))
  }

  private static func value(_ text: String) -> JSON {
    do throws(JSONError) { return try JSON.parse(text) } catch { return .null }
  }
}

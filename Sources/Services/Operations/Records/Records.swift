package import Audit
package import AuthorizationServer
package import Database
package import EventLoop
import Faults
package import Keys
import Sessions

/// What a server of ours has on record: its keys and its audit, opened as they are asked for.
@LoopActor
package struct Records {
  package let store: RecordStore

  package init(_ store: RecordStore) { self.store = store }

  package func keys() async throws(RecordsError) -> KeyStore {
    let path = try prepared(.keys)
    do throws(KeyError) {
      guard let connect = store.connect(.keys) else { return try await KeyStore.open(sqlite: path) }
      return try await KeyStore.open(store.shown, by: connect)
    } catch { throw .keys(error) }
  }

  package func checker(system: String) async throws(RecordsError) -> KeyChecker {
    let path = try prepared(.keys)
    if case .folder = store {
      do throws(KeyError) { return try KeyChecker(sqlite: path, system: system) } catch {
        throw .keys(error)
      }
    }
    let keys = try await keys()
    do throws(KeyError) { return try await KeyChecker(polling: keys, system: system) } catch {
      throw .keys(error)
    }
  }

  package func audit() async throws(RecordsError) -> AuditStore {
    try await audit(AuditStore.options)
  }

  private func audit(
    _ options: SQLiteConnection.Options
  ) async throws(RecordsError) -> AuditStore {
    let path = try prepared(.audit)
    do throws(AuditError) {
      guard let connect = store.connect(.audit) else {
        return try await AuditStore.open(sqlite: path, options: options)
      }
      return try await AuditStore.open(store.shown, by: connect)
    } catch { throw .audit(error) }
  }

  func sessions() async throws(RecordsError) -> SessionStore {
    let path = try prepared(.sessions)
    do throws(DatabaseError) {
      guard let connect = store.connect(.sessions) else {
        return try await SessionStore.open(sqlite: path)
      }
      return try await SessionStore.open(store.shown, by: connect)
    } catch { throw .sessions(error) }
  }

  package func authorization() async throws(RecordsError) -> AuthorizationStore {
    let path = try prepared(.authorization)
    do throws(AuthorizationStoreError) {
      guard let connect = store.connect(.authorization) else {
        return try await AuthorizationStore.open(sqlite: path)
      }
      return try await AuthorizationStore.open(store.shown, by: connect)
    } catch { throw .authorization(error) }
  }

  /// Without records everything is forgotten at the end.
  static func authorizationServer(
    of records: Records?, _ settings: AuthorizationSettings, faults: FaultBoard,
    surroundings: AuthorizationSurroundings
  ) async throws(RecordsError) -> AuthorizationServer {
    let kept =
      if let records { try await records.authorization() } else {
        try await passing()
      } as AuthorizationStore
    let path: String? =
      if case .folder(let folder)? = records?.store { folder.file(.authorization) } else { nil }
    do throws(AuthorizationStoreError) {
      return try await AuthorizationServer(
        settings, store: kept, path: path, clock: LoopActor.loop.clock, faults: faults,
        surroundings: surroundings)
    } catch { throw .authorization(error) }
  }

  private static func passing() async throws(RecordsError) -> AuthorizationStore {
    do throws(AuthorizationStoreError) {
      return try await AuthorizationStore.open(sqlite: ":memory:")
    } catch { throw .authorization(error) }
  }

  /// For reading: what is not there is not made.
  package func existingAudit() async throws(RecordsError) -> AuditStore {
    if case .folder(let folder) = store, !folder.has(.audit) { throw .noAudit(folder.path) }
    var options = AuditStore.options
    options.access = .asAllowed
    return try await audit(options)
  }

  /// The file of a store in a folder, made where it is missing.
  private func prepared(_ kind: DataFolder.Store) throws(RecordsError) -> String {
    guard case .folder(let folder) = store else { return "" }
    do throws(SystemError) { return try folder.prepare(kind) } catch { throw .folder(error) }
  }
}

/// Why records cannot be had.
package enum RecordsError: Error, Sendable, Hashable {
  case folder(SystemError)
  case noAudit(String)
  case keys(KeyError)
  case audit(AuditError)
  case sessions(DatabaseError)
  case authorization(AuthorizationStoreError)
}

extension RecordsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .folder(let error): "cannot make '\(error.call)': \(error.reason)"
    case .noAudit(let path): "there is no audit in '\(path)'"
    case .keys(let error): error.description
    case .audit(let error): error.description
    case .sessions(let error): error.description
    case .authorization(let error): error.description
    }
  }
}

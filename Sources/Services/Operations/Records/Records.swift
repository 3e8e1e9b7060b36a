package import Audit
package import EventLoop
package import Keys

/// What a server of ours has on record: its keys and its audit, opened as they are asked for.
@LoopActor
package struct Records {
  package let folder: DataFolder

  package init(_ folder: DataFolder) { self.folder = folder }

  package func keys() async throws(RecordsError) -> KeyStore {
    let path = try prepared(.keys)
    do throws(KeyError) { return try await KeyStore.open(sqlite: path) } catch {
      throw .keys(error)
    }
  }

  package func audit() async throws(RecordsError) -> AuditStore {
    let path = try prepared(.audit)
    do throws(AuditError) { return try await AuditStore.open(sqlite: path) } catch {
      throw .audit(error)
    }
  }

  /// For reading: what is not there is not made.
  package func existingAudit() async throws(RecordsError) -> AuditStore {
    guard folder.has(.audit) else { throw .noAudit(folder.path) }
    return try await audit()
  }

  private func prepared(_ store: DataFolder.Store) throws(RecordsError) -> String {
    do throws(SystemError) { return try folder.prepare(store) } catch { throw .folder(error) }
  }
}

/// Why records cannot be had.
package enum RecordsError: Error, Sendable, Hashable {
  case folder(SystemError)
  case noAudit(String)
  case keys(KeyError)
  case audit(AuditError)
}

extension RecordsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .folder(let error): "cannot make '\(error.call)': \(error.reason)"
    case .noAudit(let path): "there is no audit in '\(path)'"
    case .keys(let error): error.description
    case .audit(let error): error.description
    }
  }
}

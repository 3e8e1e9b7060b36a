import Database
import SafeText

/// Where records are kept: in a folder of this machine, or in a PostgreSQL database that several servers share.
package enum RecordStore: Sendable, Hashable {
  case folder(DataFolder)
  case postgres(String)

  /// Nil for anything that is no address of a PostgreSQL database.
  package init?(address: String) {
    guard ["postgres://", "postgresql://"].contains(where: address.hasPrefix) else { return nil }
    self = .postgres(address)
  }

  /// As people may see it.
  package var shown: String {
    switch self {
    case .folder(let folder): folder.path
    case .postgres(let address): Redaction.url(address)
    }
  }

  /// Each kind of record has a schema of its own in the database.
  func connect(
    _ store: DataFolder.Store
  ) -> (@Sendable () throws(DatabaseError) -> any SQLConnection)? {
    guard case .postgres(let address) = self else { return nil }
    let name = shown
    return { () throws(DatabaseError) in
      try PostgresConnection(address, space: "alidade_\(store)", name: name)
    }
  }
}

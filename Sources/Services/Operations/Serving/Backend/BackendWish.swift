import Keys
package import MockBackend
import MockCatalogs

/// Which REST APIs to serve, and how.
package struct BackendWish: Sendable {
  package var address = Self.standardAddress
  /// Where keys are, and what is switched to go wrong.
  package var records: RecordStore
  package var systems = Self.systems
  package var world = WorldOptions()
  /// Where the data of each system is kept; nil keeps it in memory.
  package var folder: DataFolder?
  /// What goes wrong from the start, for practice, by name.
  package var faults: Set<String> = []

  package init(records: RecordStore) { self.records = records }

  package static let standardAddress = "127.0.0.1:3000"

  /// Those with keys: a key tells whose API is meant.
  package static let systems = CatalogRow.all.filter { $0.plan != nil }.map(\.name)
    .filter { KeySystem.named($0) != nil }

  /// The name under which the APIs' faults are switched.
  package static let name = "backend"
}

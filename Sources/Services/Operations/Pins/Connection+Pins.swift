import JSON
import MCPProtocol

extension Connection {
  /// Everything the server declares to have, listed.
  package func snapshot() async throws(OperationFailure) -> CatalogSnapshot {
    var snapshot = CatalogSnapshot()
    for list in CatalogList.allCases {
      let capability = list == .templates ? CatalogList.resources : list
      guard facts.capabilities[capability.rawValue]?.object != nil else { continue }
      do throws(OperationFailure) {
        snapshot.note(try await unpinnedList(list))
      } catch {
        // No capability says that there are templates.
        guard list == .templates, error.kind == .protocolError else { throw error }
      }
    }
    return snapshot
  }

  /// Tells where a list is not what it was pinned to, and in how many places.
  func compareWithPin(_ report: ListReport) -> Int {
    guard let pinned = links.pin?.read() else { return 0 }
    var now = CatalogSnapshot()
    now.note(report)
    let changes = pinned.changes(to: now)
    guard !changes.isEmpty else { return 0 }
    let shown = changes.prefix(3).map(\.line).joined(separator: "; ")
    let rest = changes.count > 3 ? "; and \(changes.count - 3) more" : ""
    links.inbox.note(finding: "the server is not what it was pinned to: \(shown)\(rest)")
    return changes.count
  }
}

package import JSON
import MCPClient
import MCPEras
import MCPProtocol

/// The lists that a server keeps, by the words of commands and of the wire.
package enum CatalogList: String, Sendable, Hashable, CaseIterable {
  case tools, resources, templates, prompts

  /// The member of a page that holds the items.
  package var member: String { self == .templates ? "resourceTemplates" : rawValue }
}

/// A whole list, every item as received.
package struct ListReport: Sendable, Hashable {
  package var list: CatalogList
  package var items: [JSON]
  package var pages: Int
  /// What was wrong with pages or items, and why the list ends early if it does.
  package var issues: [String]
  /// Why tools must not be called over this transport, by their place in the list.
  package var rejections: [Int: String]

  package init(
    list: CatalogList, items: [JSON] = [], pages: Int = 0, issues: [String] = [],
    rejections: [Int: String] = [:]
  ) {
    self.list = list
    self.items = items
    self.pages = pages
    self.issues = issues
    self.rejections = rejections
  }

  /// As `--json` prints it.
  package var json: JSON { .object([list.member: .array(items)]) }
}

extension Connection {
  package func list(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    let report = try await fetch(list)
    links.seen?.note(report)
    return report
  }

  private func fetch(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    do throws(ClientError) {
      switch list {
      case .tools:
        let tools = try await session.listTools()
        var report = report(list, tools)
        report.rejections = rejections(among: tools)
        return report
      case .resources: return report(list, try await session.listResources())
      case .templates: return report(list, try await session.listResourceTemplates())
      case .prompts: return report(list, try await session.listPrompts())
      }
    } catch { throw failure(error) }
  }

  private func rejections(among tools: Listing<Tool>) -> [Int: String] {
    var rejections: [Int: String] = [:]
    for (index, tool) in tools.items.enumerated() {
      let faults = tool.value.map(session.faults) ?? []
      guard !faults.isEmpty else { continue }
      rejections[index] = faults.map(\.description).joined(separator: "; ")
    }
    return rejections
  }

  private func report<Item: PeerValue>(
    _ list: CatalogList, _ listing: Listing<Item>
  ) -> ListReport {
    ListReport(
      list: list, items: listing.items.map(\.raw), pages: listing.pages,
      issues: listing.issues.map(\.description) + (listing.cutShort.map { [$0.description] } ?? []))
  }
}

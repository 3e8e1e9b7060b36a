import Audit
import EventLoop
package import JSON
import MCPClient
import MCPEras
package import MCPProtocol

/// The lists that a server keeps, by the words of commands and of the wire.
package enum CatalogList: String, Sendable, Hashable, CaseIterable {
  case tools, resources, templates, prompts

  /// The member of a page that holds the items.
  package var member: String { self == .templates ? "resourceTemplates" : rawValue }

  /// The list that a method of the protocol brings.
  package init?(method: String) {
    guard let list = Self.allCases.first(where: { $0.call.method == method }) else { return nil }
    self = list
  }

  /// The method of the protocol that brings it.
  package var method: String { call.method ?? rawValue }

  fileprivate var call: ClientCall {
    switch self {
    case .tools: .listTools(cursor: nil)
    case .resources: .listResources(cursor: nil)
    case .templates: .listResourceTemplates(cursor: nil)
    case .prompts: .listPrompts(cursor: nil)
    }
  }
}

/// A whole list, every item as received.
package struct ListReport: Sendable, Hashable {
  package var list: CatalogList
  package var items: [JSON]
  /// What the pages held, as it was written.
  package var texts: [JSONText]
  package var pages: Int
  /// What was wrong with pages or items, and why the list ends early if it does.
  package var issues: [String]
  /// The one of them that ends the list early.
  package var cutShort: String?
  /// How long and for whom it holds; nil where the server does not say.
  package var caching: CachingHints?
  /// Why tools must not be called over this transport, by their place in the list.
  package var rejections: [Int: String]
  /// In how many places it differs from what the server was pinned to.
  package var drift = 0
  /// Its size on the wire, all pages together.
  package var bytes = 0
  /// Why pages after these could not be had.
  package var failure: OperationFailure?

  package init(
    list: CatalogList, items: [JSON] = [], texts: [JSONText] = [], pages: Int = 0,
    issues: [String] = [], rejections: [Int: String] = [:]
  ) {
    self.list = list
    self.items = items
    self.texts = texts
    self.pages = pages
    self.issues = issues
    self.rejections = rejections
  }

  /// As `--json` prints it.
  package var json: JSON { .object([list.member: .array(items)]) }

  /// The same, every item as it was written; nil where a page cannot be quoted.
  package var text: ArraySlice<UInt8>? {
    let pieces = texts.compactMap(\.elements)
    guard texts.count == pages, pieces.count == pages else { return nil }
    let written = pieces.filter { !$0.isEmpty }
    var text = Array("{\"\(list.member)\":[".utf8)
    text.reserveCapacity(text.count + written.reduce(2) { $0 + $1.count + 1 })
    for (number, page) in written.enumerated() {
      if number > 0 { text.append(UInt8(ascii: ",")) }
      text += page
    }
    text += Array("]}".utf8)
    return text[...]
  }
}

extension Connection {
  /// Those that the server says it has; all of them where it says nothing of any.
  package var offeredLists: [CatalogList] {
    let has = session.card.capabilities
    let named =
      (has.tools ? [.tools] : []) + (has.resources ? [.resources, .templates] : [])
      + (has.prompts ? [CatalogList.prompts] : [])
    return named.isEmpty ? CatalogList.allCases : named
  }

  package func list(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    var report = try await unpinnedList(list)
    report.drift = compareWithPin(report)
    return report
  }

  /// The same without a look at what it was pinned to.
  func unpinnedList(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    do throws(ClientError) {
      let (report, failure) = try await fetch(list)
      if let failure { throw failure }
      links.seen?.note(report)
      return report
    } catch { throw failure(error) }
  }

  /// The same where the list itself is what was asked for: the history tells of it, and of a list whose later pages
  /// could not be had the first ones count.
  package func recordedList(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    let (start, startedAt) = (clock.now, clock.wallTime)
    do throws(ClientError) {
      var (report, failure) = try await fetch(list)
      if let failure {
        note(list.call, "", failure, startedAt, since: start)
        report.failure = self.failure(failure)
        return report
      }
      links.seen?.note(report)
      note(
        list.call, "", startedAt, start.duration(to: clock.now), .ok, answer: report.json,
        bytes: report.bytes)
      report.drift = compareWithPin(report)
      return report
    } catch {
      note(list.call, "", error, startedAt, since: start)
      throw failure(error)
    }
  }

  private func fetch(
    _ list: CatalogList
  ) async throws(ClientError) -> (ListReport, failure: ClientError?) {
    switch list {
    case .tools:
      let tools = try await session.listTools()
      var (report, failure) = report(list, tools)
      report.rejections = rejections(among: tools)
      return (report, failure)
    case .resources: return report(list, try await session.listResources())
    case .templates: return report(list, try await session.listResourceTemplates())
    case .prompts: return report(list, try await session.listPrompts())
    }
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
  ) -> (ListReport, failure: ClientError?) {
    let cutShort = listing.cutShort.map(\.description)
    var report = ListReport(
      list: list, items: listing.items.map(\.raw), texts: listing.texts, pages: listing.pages,
      issues: listing.issues.map(\.description) + [cutShort].compactMap(\.self))
    report.cutShort = cutShort
    report.caching = listing.caching
    report.bytes = listing.bytes
    return (report, listing.failure)
  }
}

import MCPProtocol

/// How much of a list is fetched.
package struct ListLimits: Sendable, Hashable {
  package var pages: Int
  package var items: Int
  /// Pages in a row that bring nothing.
  package var emptyPages: Int

  package init(pages: Int = 10_000, items: Int = 200_000, emptyPages: Int = 100) {
    self.pages = pages
    self.items = items
    self.emptyPages = emptyPages
  }
}

/// Goes through the pages of a list and knows when to stop. Pure.
struct PageWalk: Sendable {
  let method: String
  let limits: ListLimits
  private var seen: Set<String> = []
  private var pages = 0
  private var items = 0
  private var barren = 0

  init(method: String, limits: ListLimits) {
    self.method = method
    self.limits = limits
  }

  enum Next: Sendable, Equatable {
    case page(cursor: String)
    case end(Finding?)
  }

  /// An empty page with a cursor goes on like any other; a cursor that was there before ends the list.
  mutating func next(after cursor: String?, itemsOnPage: Int) -> Next {
    pages += 1
    items += itemsOnPage
    barren = itemsOnPage == 0 ? barren + 1 : 0
    guard let cursor else { return .end(nil) }
    guard seen.insert(cursor).inserted else {
      return .end(.repeatedCursor(method: method, cursor: cursor))
    }
    if items >= limits.items { return .end(.itemLimit(method: method, limits.items)) }
    if barren >= limits.emptyPages { return .end(.emptyPages(method: method, barren)) }
    if pages >= limits.pages { return .end(.pageLimit(method: method, limits.pages)) }
    return .page(cursor: cursor)
  }
}

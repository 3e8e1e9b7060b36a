import Operations
import Settings

/// Connecting, and loading what servers list.
extension ConsoleState {
  /// Connects to a server; what a project's file says is shown before it is run.
  mutating func connect(to row: ServerRow, again: Bool) -> [Effect] {
    guard let definition = row.definition else { return [] }
    if definition.origin.needsConsent, !agreed.contains(row.key) {
      overlay = .confirming(
        .ofProject(row, "Nothing of it has run so far. Connect?", .connect(key: row.key)))
      return []
    }
    if let link = link(of: row) {
      links[link.id]?.definition = definition
      return again || !link.isOpen ? reconnect(link.id) : []
    }
    let id = (links.keys.max() ?? 0) + 1
    links[id] = Link(id: id, row: row, definition: definition, at: time.steady)
    currentLink = id
    return [.connect(id, attempt: 1, definition)] + say(.info, "connecting to \(row.name)") + tick()
  }

  mutating func disconnect(_ link: Link) -> [Effect] {
    links[link.id]?.phase = .closed("you closed it")
    links[link.id]?.attempt += 1
    return [.disconnect(link.id)] + say(.info, "disconnected from \(link.name)")
  }

  /// A resource that is looked at is read again at once, any other is marked.
  mutating func resourceChanged(_ uri: String?, _ link: Link) -> [Effect] {
    let said = say(.info, "\(link.name): \(uri ?? "a resource") has changed")
    guard let uri else { return said }
    if links[link.id]?.watched[uri] != nil { links[link.id]?.watched[uri] = .changed }
    guard let record = call(of: screen), record.link == link.id, !record.isRunning,
      case .resource(uri) = record.order
    else { return said }
    _ = closeView()
    return call(link.id, record.order) + said
  }

  mutating func reconnect(_ id: Link.ID) -> [Effect] {
    guard var link = links[id] else { return [] }
    link.attempt += 1
    link.phase = .connecting(since: time.steady)
    link.lastError = nil
    link.stderr = []
    links[id] = link
    currentLink = id
    return [.connect(id, attempt: link.attempt, link.definition)]
      + say(.info, "connecting to \(link.name)") + tick()
  }

  /// Opens a view and has it load what it shows.
  mutating func enter(_ screen: Screen) -> [Effect] {
    open(screen)
    return ScreenRow.of(screen).opened(&self, screen)
  }

  /// Loads a list that was not loaded yet.
  mutating func loadOnce(_ list: CatalogList, of id: Link.ID?) -> [Effect] {
    guard let id, let link = links[id], link.isOpen else { return [] }
    if let listed = link.lists[list], listed.phase == .loaded || listed.phase == .loading,
      !listed.isStale
    {
      return []
    }
    return load(list, of: id)
  }

  mutating func load(_ list: CatalogList, of id: Link.ID?) -> [Effect] {
    guard let id, let link = links[id], link.isOpen else { return [] }
    links[id]?.lists[list, default: Listed()].phase = .loading
    links[id]?.lists[list]?.isStale = false
    return [.load(id, attempt: link.attempt, list)]
  }

  /// Seconds are shown while something is waited for.
  mutating func tick() -> [Effect] {
    if calls.values.contains(where: \.isRunning) || result?.running != nil {
      return [.startTimer(.tick, milliseconds: 250)]
    }
    return links.values.contains(where: \.isConnecting)
      ? [.startTimer(.tick, milliseconds: 1000)] : []
  }
}

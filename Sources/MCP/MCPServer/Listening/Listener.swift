import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// A request that stays open to hear of changes, and of which ones.
struct Listener {
  let exchange: Exchange
  let filter: SubscriptionFilter

  func wants(_ change: CatalogChange) -> Bool {
    switch change {
    case .tools: filter.toolsListChanged ?? false
    case .prompts: filter.promptsListChanged ?? false
    case .resources: filter.resourcesListChanged ?? false
    case .resource(let uri): filter.resourceSubscriptions?.contains(uri) ?? false
    }
  }

  @LoopActor
  func tell(_ word: ServerWord) {
    let subscription = exchange.request.id.json
    guard let notification = exchange.codec.encode(word, subscription: subscription) else { return }
    exchange.sink.tell(notification.json.compactBytes)
  }
}

extension Server {
  func listen(_ wish: SubscriptionFilter, _ exchange: Exchange) throws(ServerFault) {
    let listener = Listener(exchange: exchange, filter: accepted(wish, exchange))
    let key = ObjectIdentifier(exchange)
    listeners[key] = listener
    let after = exchange.onEnd
    exchange.onEnd = { [weak self] in
      after?()
      self?.listeners[key] = nil
    }
    listener.tell(.subscriptionAcknowledged(listener.filter))
  }

  /// What can be promised of the wish: things that exist, and tasks of the caller's own.
  private func accepted(_ wish: SubscriptionFilter, _ exchange: Exchange) -> SubscriptionFilter {
    let offer = registry.offer
    var accepted = SubscriptionFilter()
    if wish.toolsListChanged == true, offer.hasTools { accepted.toolsListChanged = true }
    if wish.promptsListChanged == true, offer.hasPrompts { accepted.promptsListChanged = true }
    if wish.resourcesListChanged == true, offer.hasResources {
      accepted.resourcesListChanged = true
    }
    accepted.resourceSubscriptions = wish.resourceSubscriptions.map { uris in
      uris.filter { registry.reader(of: $0, for: exchange.caller) != nil }
    }
    accepted.taskIds = wish.taskIds.map { ids in
      ids.filter { tasks[$0]?.owner == exchange.caller.owner }
    }
    return accepted
  }

  /// Tells everyone who wants to hear of it.
  func tell(_ change: CatalogChange) {
    forgetLists(after: change)
    let word = change.word
    for listener in listeners.values where listener.wants(change) { listener.tell(word) }
    for session in sessions.values {
      if case .resource(let uri) = change, !session.subscriptions.contains(uri) { continue }
      session.tell(word)
    }
  }

  private func forgetLists(after change: CatalogChange) {
    switch change {
    case .tools: listCache.forget(.tools)
    case .prompts: listCache.forget(.prompts)
    case .resources:
      listCache.forget(.resources)
      listCache.forget(.resourceTemplates)
    case .resource: return
    }
  }

  /// Ends listening with its result, as a server does that goes away.
  func stopListening(where isChosen: @LoopActor (Exchange) -> Bool) {
    for listener in Array(listeners.values) where isChosen(listener.exchange) {
      let mark: JSONObject = [MetaKey.subscriptionId: listener.exchange.request.id.json]
      listener.exchange.answer(body: ["_meta": .object(mark)])
    }
  }
}

extension CatalogChange {
  fileprivate var word: ServerWord {
    switch self {
    case .tools: .toolsChanged
    case .prompts: .promptsChanged
    case .resources: .resourcesChanged
    case .resource(let uri): .resourceUpdated(uri: uri)
    }
  }
}

import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension Session {
  /// Hears of changes to that resource from now on.
  package func subscribe(to uri: String) async throws(ClientError) {
    var uris = subscriptions.wanted.resourceSubscriptions ?? []
    if features.has(.resourceSubscribe) { _ = try await call(.subscribe(uri: uri)) }
    if !uris.contains(uri) { uris.append(uri) }
    subscriptions.wanted.resourceSubscriptions = uris
    listenAnew()
  }

  package func unsubscribe(from uri: String) async throws(ClientError) {
    subscriptions.wanted.resourceSubscriptions?.removeAll { $0 == uri }
    if features.has(.resourceSubscribe) { _ = try await call(.unsubscribe(uri: uri)) }
    listenAnew()
  }

  /// Hears of changes to the lists, as far as the server offers it. Older revisions tell them unasked.
  package func followLists() {
    let has = card.capabilities
    subscriptions.wanted.toolsListChanged = has.toolsListChanged ? true : nil
    subscriptions.wanted.promptsListChanged = has.promptsListChanged ? true : nil
    subscriptions.wanted.resourcesListChanged = has.resourcesListChanged ? true : nil
    listenAnew()
  }

  /// Hears of the states of those tasks.
  package func follow(tasks ids: [String]) {
    subscriptions.wanted.taskIds = ids.isEmpty ? nil : ids
    listenAnew()
  }

  // MARK: - Streams

  /// Opens a stream for all that is wanted now; the one before ends when the new one is agreed.
  func listenAnew() {
    guard features.has(.listen) else { return }
    guard !subscriptions.wanted.isEmpty else { return stopListening(subscriptions.streams) }
    let filter = subscriptions.wanted
    listening = Task { [weak self] in await self?.listen(for: filter) }
  }

  private func listen(for filter: SubscriptionFilter) async {
    while !Task.isCancelled, filter == subscriptions.wanted, channel.end == nil {
      let outcome = await listenOnce(for: filter)
      guard filter == subscriptions.wanted, channel.end == nil else { return }
      guard case .failure(let error) = outcome else { return tell(.subscription(.endedByServer)) }
      let isLast = settings.resubscriptions.map { subscriptions.failures >= $0 } ?? false
      guard error.mayPass, !isLast else { return tell(.subscription(.failed(error))) }
      let delay = subscriptions.backoff()
      tell(.subscription(.lost(retryAfter: delay)))
      await pause(delay)
    }
  }

  private func listenOnce(for filter: SubscriptionFilter) async -> Result<JSON, ClientError> {
    let id = channel.upcoming
    var context = callContext(CallOptions())
    context.progressToken = nil
    guard let call = channel.codec.encode(.listen(filter), context).value else {
      return .failure(ClientError(.notInEra(features.version)))
    }
    subscriptions.opened(id)
    defer { subscriptions.ended(id) }
    return await channel.request(call, limits: .none)
  }

  func acknowledged(_ agreed: SubscriptionFilter, _ id: JSON?) {
    stopListening(subscriptions.agreed(on: id))
    if SubscriptionBook.isNarrower(agreed, than: subscriptions.wanted) {
      find(.subscriptionNarrowed(asked: subscriptions.wanted, agreed: agreed))
    }
    tell(.subscription(.agreed(agreed)))
  }

  private func stopListening(_ ids: [RPCID]) {
    for id in ids { channel.cancel(id, reason: nil) }
  }
}

extension ClientError {
  /// Whether trying again later can help.
  fileprivate var mayPass: Bool {
    switch reason {
    case .unanswered, .transport, .timedOut: true
    case .refused(let refusal): refusal.status == 429 || refusal.status >= 500
    default: false
    }
  }
}

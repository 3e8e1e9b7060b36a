import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension Session {
  /// What the channel tells, sorted for whoever listens to the session.
  func take(_ event: ChannelEvent) {
    switch event {
    case .notice(let notice): take(notice)
    case .ask(let id, let request): asked(id, request)
    case .withdraw(let id): withdrawn(id)
    case .progress(let id, let update):
      progressListeners[id]?(update)
      tell(.progress(call: id, update))
    case .find(let finding): find(finding)
    case .log(let line): tell(.stderr(line))
    case .transport(.assigned): hasID = true
    case .transport(.pushStream(let state)): tell(.pushStream(state))
    case .transport(.unusableID): break
    case .closed(let end):
      withdrawAll()
      move(to: .closed(end))
    }
  }

  private func take(_ received: ReceivedNotice) {
    if let id = received.subscription, !subscriptions.knows(id) { find(.unknownSubscription(id)) }
    switch received.notice {
    case .log(let message): tell(.log(message))
    case .toolsChanged: tell(.listChanged(.tools))
    case .promptsChanged: tell(.listChanged(.prompts))
    case .resourcesChanged:
      tell(.listChanged(.resources))
      tell(.listChanged(.resourceTemplates))
    case .resourceUpdated(let uri): tell(.resourceUpdated(uri: uri))
    case .elicitationCompleted(let id): tell(.elicitationCompleted(id: id))
    case .task(let state, _): if let state { tell(.task(state)) }
    case .subscriptionAcknowledged(let agreed): acknowledged(agreed, received.subscription)
    case .cancelled: break
    case .progress, .unknown: tell(.notification(received))
    }
  }
}

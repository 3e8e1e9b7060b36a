import MCPClient
import MCPEras
import MCPProtocol

extension Connection {
  /// Hears of changes to that resource from now on.
  package func subscribe(to uri: String) async throws(OperationFailure) {
    do { try await session.subscribe(to: uri) } catch { throw failure(error) }
  }

  /// Does not hear of changes to it any more.
  package func unsubscribe(from uri: String) async throws(OperationFailure) {
    do { try await session.unsubscribe(from: uri) } catch { throw failure(error) }
  }

  /// Hears of changes to the lists, as far as the server offers it.
  package func followLists() { session.followLists() }

  /// Why the server cannot tell anything by itself; nil where it can, or where that is not known.
  package var silence: String? { links.inbox.silence }

  /// Whether the stream for what the server tells by itself is open, where the transport has one.
  package var isListening: Bool { links.inbox.isListening }

  /// Whether anything was promised that a watcher could see.
  package var promisesEvents: Bool {
    let has = session.card.capabilities
    return has.toolsListChanged || has.promptsListChanged || has.resourcesListChanged
      || has.resourceSubscriptions || (has.logging && session.features.has(.sessionLogLevel))
  }

  package var hasLogging: Bool { session.card.capabilities.logging }

  /// Whether the server tells things by itself on a stream of its own choice, asked or not.
  package var mayTellUnasked: Bool { session.features.has(.handshake) }
}

import EventLoop
import JSON
import MCPProtocol
import Operations
import Settings

/// Carries out what the state wants of servers, and tells what came of it as actions.
@LoopActor
final class Switchboard {
  private let desk: any Desk
  private let clock: any LoopClock
  private let send: (Action) -> Void
  private var servers: [Link.ID: any OpenServer] = [:]
  private var connecting: [Link.ID: Task<Void, Never>] = [:]
  private var calls: [CallRecord.ID: Task<Void, Never>] = [:]
  private var closing: [Task<Void, Never>] = []
  private var completing: Task<Void, Never>?

  init(desk: any Desk, clock: any LoopClock, send: @escaping (Action) -> Void) {
    self.desk = desk
    self.clock = clock
    self.send = send
  }

  // MARK: - Connecting

  func connect(_ id: Link.ID, attempt: Int, _ definition: ServerDefinition) {
    disconnect(id)
    connecting[id] = Task { @LoopActor [weak self, desk] in
      let tell: (LinkNews) -> Void = { self?.send(.link(id, attempt: attempt, $0)) }
      do throws(OperationFailure) {
        let server = try await desk.connect(
          to: definition,
          onEvent: { event in self?.send(.link(id, attempt: attempt, .told(event))) },
          onTraffic: { news in self?.send(.link(id, attempt: attempt, .passed(news))) })
        guard let self, !Task.isCancelled else { return await server.close() }
        servers[id] = server
        tell(.opened(server.facts))
      } catch {
        if !Task.isCancelled { tell(.failed(error)) }
      }
    }
  }

  func disconnect(_ id: Link.ID) {
    connecting.removeValue(forKey: id)?.cancel()
    guard let server = servers.removeValue(forKey: id) else { return }
    closing.append(Task { @LoopActor in await server.close() })
  }

  /// Closes every connection and waits until all are closed.
  func closeAll() async {
    let attempts = Array(connecting.values)
    for id in calls.keys { cancel(id) }
    for id in Set(servers.keys).union(connecting.keys) { disconnect(id) }
    for task in attempts + closing { await task.value }
    await desk.close()
  }

  // MARK: - Asking

  func load(_ id: Link.ID, attempt: Int, _ list: CatalogList) {
    guard let server = servers[id] else { return }
    Task { @LoopActor [weak self, clock] in
      let start = clock.now
      let news: LinkNews
      do throws(OperationFailure) {
        let report = try await server.list(list)
        news = .listed(report, milliseconds: start.duration(to: clock.now).inMilliseconds)
      } catch {
        news = .notListed(list, error)
      }
      self?.send(.link(id, attempt: attempt, news))
    }
  }

  func answer(_ id: Link.ID, _ question: Int, _ answer: InputAnswer) {
    servers[id]?.answer(question, answer)
  }

  func loadHistory(before: Int64) {
    Task { @LoopActor [weak self, desk] in
      do throws(OperationFailure) {
        self?.send(.historyLoaded(try await desk.history(before: before)))
      } catch {
        self?.send(.historyFailed(error.sentence))
      }
    }
  }

  // MARK: - Calling

  func call(_ id: CallRecord.ID, _ link: Link.ID, _ order: CallRecord.Order) {
    guard let server = servers[link] else {
      let gone = OperationFailure(.unreachable, layer: "config", "the connection is gone")
      return send(.call(id, .failed(gone)))
    }
    calls[id] = Task { @LoopActor [weak self, desk] in
      var wish = CallWish()
      wish.onProgress = { update in
        let progress = CallProgress(fraction: update.fraction, message: update.message)
        self?.send(.call(id, .progress(progress)))
      }
      let news: CallNews
      do throws(OperationFailure) {
        let (filled, kept) = try await SecretReferences.fill(order) { await desk.variable($0) }
        wish.kept = kept
        news = .answered(try await server.carryOut(filled, wish))
      } catch {
        news = .failed(error)
      }
      self?.calls[id] = nil
      self?.send(.call(id, news))
    }
  }

  func subscribe(_ id: Link.ID, attempt: Int, _ uri: String, _ isOn: Bool) {
    guard let server = servers[id] else { return }
    Task { @LoopActor [weak self] in
      let news: LinkNews
      do throws(OperationFailure) {
        if isOn {
          try await server.subscribe(to: uri)
        } else {
          try await server.unsubscribe(from: uri)
        }
        news = .subscribed(uri: uri, isOn: isOn)
      } catch {
        news = .notSubscribed(uri: uri, error)
      }
      self?.send(.link(id, attempt: attempt, news))
    }
  }

  func weigh(_ id: Link.ID, attempt: Int) {
    guard let server = servers[id] else { return }
    send(.link(id, attempt: attempt, .weighed(server.residentBytes)))
  }

  /// A completion that fails is none: the person goes on typing.
  func complete(_ id: Link.ID, _ question: CompletionQuestion, _ screen: Screen) {
    guard let server = servers[id] else { return }
    completing?.cancel()
    completing = Task { @LoopActor [weak self] in
      var values: [String] = []
      do throws(OperationFailure) {
        let report = try await server.complete(question)
        values = report.result["completion"]?["values"]?.array?.compactMap(\.string) ?? []
      } catch {
        values = []
      }
      guard !Task.isCancelled else { return }
      self?.send(
        .completed(screen, field: question.argument, text: question.prefix, values))
    }
  }

  func change(_ body: () throws(TargetRefusal) -> Void) {
    do throws(TargetRefusal) {
      try body()
      send(.catalogChanged)
    } catch {
      send(.refused(error.sentence))
    }
  }

  func cancel(_ id: CallRecord.ID) { calls.removeValue(forKey: id)?.cancel() }

  func findTarget(_ words: String) {
    do throws(TargetRefusal) {
      send(.targetFound(try desk.server(named: words)))
    } catch {
      send(.targetRefused(error.sentence))
    }
  }
}

extension Duration {
  var inMilliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}

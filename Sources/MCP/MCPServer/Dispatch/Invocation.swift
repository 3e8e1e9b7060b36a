package import EventLoop
package import JSON
import MCPEras
package import MCPProtocol

/// What a handler knows of the call it answers, and how it talks to the caller meanwhile: the same in every revision.
@LoopActor
package struct Invocation: Sendable {
  let exchange: Exchange
  /// As sent, and found to fit the schema.
  package let arguments: JSONObject
  /// The address asked for, of a resource.
  package var uri = ""
  /// What stands in the template's variables, of a resource.
  package var variables: [String: String] = [:]

  init(_ exchange: Exchange, arguments: JSONObject = JSONObject()) {
    self.exchange = exchange
    self.arguments = arguments
  }

  package var caller: Caller { exchange.caller }
  /// What the client says of itself.
  package var client: Implementation? { exchange.client.info }
  /// What the client can be asked.
  package var abilities: ClientFeatures { exchange.abilities }
  package var isCancelled: Bool { exchange.isOver && exchange.task == nil || Task.isCancelled }
  /// Whether it has gone on as a task.
  package var isTask: Bool { exchange.task != nil }
  package var clock: any LoopClock { exchange.server.clock }
  package var registry: Registry { exchange.server.registry }

  package subscript(key: String) -> JSON? { arguments[key] }
  package func text(_ key: String) -> String? { arguments[key]?.string }
  package func integer(_ key: String) -> Int? { arguments[key]?.int }
  package func number(_ key: String) -> Double? { arguments[key]?.number?.double }
  package func flag(_ key: String) -> Bool? { arguments[key]?.bool }

  // MARK: - Telling

  /// How far it has come; told where the caller asked for it.
  package func progress(_ value: Double, of total: Double? = nil, _ message: String? = nil) {
    guard let token = exchange.call?.progressToken else { return }
    var update = ProgressUpdate()
    update.token = token
    update.progress = value
    update.total = total
    update.message = message
    exchange.tell(.progress(update))
  }

  /// A line for the client's log; told where the client wants that level.
  package func log(_ level: LogLevel, _ data: JSON, logger: String? = nil) {
    let wanted =
      exchange.features.has(.requestLogLevel)
      ? exchange.call?.logLevel : exchange.session?.logLevel ?? .info
    guard let wanted, level.isAtLeast(wanted) else { return }
    var message = LogMessage()
    message.level = level
    message.logger = logger
    message.data = data
    exchange.tell(.log(message))
  }

  /// Waits; throws when the call is cancelled meanwhile.
  package func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }

  /// Closes the answer's stream and lets the client come back for the rest, where its revision can.
  package func pauseStream(retryAfter delay: Duration) {
    guard exchange.task == nil, exchange.features.has(.streamPolling) else { return }
    exchange.sink.pause(retryAfter: delay)
  }

  /// Goes on as a task from here on, where the tool's policy and the client allow it.
  package func continueAsTask() { exchange.server.beginTask(exchange) }

  /// The words people see while a task is under way.
  package func status(_ text: String) { exchange.task?.say(text) }
}

extension LogLevel {
  func isAtLeast(_ other: LogLevel) -> Bool {
    guard let mine = Self.known.firstIndex(of: self), let theirs = Self.known.firstIndex(of: other)
    else { return true }
    return mine >= theirs
  }
}

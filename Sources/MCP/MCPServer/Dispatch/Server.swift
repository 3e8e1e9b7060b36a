package import EventLoop
import JSON
import JSONRPC
package import MCPEras
import MCPProtocol

/// The server over all its connections: what it offers, who may have it, and what is under way.
@LoopActor
package final class Server {
  package let registry: Registry
  package let settings: ServerSettings
  package let gate: any AccessGate
  package nonisolated let signature: ServerSignature
  package nonisolated let classifier: Classifier
  let log: any InvocationLog
  let surroundings: ServerSurroundings
  var listCache = ListCache()
  var listeners: [ObjectIdentifier: Listener] = [:]
  var sessions: [String: ServerSession] = [:]
  var tasks: [String: TaskRecord] = [:]
  /// Makes a task known to the servers it may be asked for at, then lets its answer go.
  var announceTask: (@LoopActor (TaskRecord, @escaping @LoopActor () -> Void) -> Void)?

  var clock: any LoopClock { surroundings.clock }

  package init(
    _ catalog: Catalog, settings: ServerSettings = ServerSettings(),
    surroundings: ServerSurroundings, gate: any AccessGate = OpenGate(),
    log: any InvocationLog = NoLog()
  ) {
    registry = Registry(catalog)
    signature = ServerSignature(catalog.info)
    classifier = Classifier(offered: settings.offered)
    self.settings = settings
    self.gate = gate
    self.log = log
    self.surroundings = surroundings
    registry.onChange = { [weak self] in self?.tell($0) }
  }

  /// Serves one request; its answer goes to the exchange's sink, now or later.
  func serve(_ exchange: Exchange) {
    do throws(ServerFault) {
      try exchange.headers?.check(exchange.request, exchange.codec)
      let call = try exchange.codec.readCall(exchange.request)
      exchange.call = call
      try dispatch(call, exchange)
    } catch {
      exchange.beginUnread()
      exchange.fail(error)
    }
  }

  private func dispatch(_ served: ServedCall, _ exchange: Exchange) throws(ServerFault) {
    switch served.call {
    case .open: exchange.answer(opening(exchange.codec))
    case .ping: exchange.answer(body: JSONObject())
    case .listTools, .listPrompts, .listResources, .listResourceTemplates:
      try list(served.call, exchange)
    case .callTool(let call): try callTool(call, exchange)
    case .readResource(let uri): try readResource(uri, exchange)
    case .getPrompt(let name, let arguments): try getPrompt(name, arguments, exchange)
    case .complete(let call): try complete(call, exchange)
    case .setLogLevel(let level):
      exchange.session?.logLevel = level
      exchange.session?.onNote?()
      exchange.answer(body: JSONObject())
    case .subscribe(let uri): try subscribe(uri, true, exchange)
    case .unsubscribe(let uri): try subscribe(uri, false, exchange)
    case .listen(let filter): try listen(filter, exchange)
    case .getTask, .taskResult, .cancelTask, .listTasks, .updateTask:
      try serveTask(served.call, exchange)
    case .raw(let method, _): throw .methodMissing(method)
    }
  }

  func opening(_ codec: any EraCodec) -> JSON {
    codec.opening(
      registry.offer, versions: settings.offered, by: signature,
      hints: CachingHints(ttl: settings.listLifetime, scope: .isPublic))
  }
}

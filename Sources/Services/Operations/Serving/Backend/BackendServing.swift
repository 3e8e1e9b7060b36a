package import EventLoop
package import Faults
import HTTP
import HTTPCore
import JSON
import Keys
import MCPServer
import MockBackend
import MockCatalogs

/// The REST APIs of the systems, at one address: whose API is meant is told by the key.
@LoopActor
package final class BackendServing {
  let wish: BackendWish
  private var doors: [BackendDoor]
  /// What goes wrong on purpose; may be changed while it serves.
  package let faults: FaultBoard
  private let watch: FaultWatch?
  let keys: BackendKeys
  private var desks: [String: RestDesk] = [:]
  private var listener: HTTPServer?
  package private(set) var addresses: [String] = []

  package static func open(_ wish: BackendWish) async throws(OperationFailure) -> BackendServing {
    let (faults, watch) = try FaultWatch.open(
      FaultRow.ofBackend, on: wish.faults, of: BackendWish.name, in: wish.records)
    do throws(RecordsError) {
      let records = Records(wish.records)
      var doors: [BackendDoor] = []
      for name in wish.systems {
        guard let system = KeySystem.named(name), let plan = CatalogRow.named(name)?.plan?() else {
          continue
        }
        let checker = try await records.checker(system: name)
        doors.append(BackendDoor(system: system, plan: plan, checker: checker))
      }
      return BackendServing(wish, doors, faults, watch, BackendKeys(records))
    } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
  }

  private init(
    _ wish: BackendWish, _ doors: [BackendDoor], _ faults: FaultBoard, _ watch: FaultWatch?,
    _ keys: BackendKeys
  ) {
    self.wish = wish
    self.doors = doors
    self.faults = faults
    self.watch = watch
    self.keys = keys
  }

  /// Serves until the task is cancelled. `began` is called once it answers.
  package func run(
    _ began: @LoopActor (BackendServing) -> Void
  ) async throws(OperationFailure) {
    let listener = try listen()
    addresses = listener.addresses.map { "http://\($0)" }
    began(self)
    let stopped = Latch()
    await withTaskCancellationHandler {
      await stopped.wait()
    } onCancel: {
      Task { @LoopActor in stopped.set() }
    }
    await listener.drain(deadline: .seconds(5))
    for door in doors { door.checker.close() }
  }

  private func listen() throws(OperationFailure) -> HTTPServer {
    do throws(HTTPServerError) {
      let address = try ListenAddress(wish.address)
      var rule = OriginRule()
      rule.isLoopback = address.isLoopback
      let router = HTTPRouter(rule)
      router.add(routes)
      let listener = try HTTPServer.start(listen: address) { router.handle($0, $1) }
      self.listener = listener
      return listener
    } catch {
      throw OperationFailure(.usage, layer: "config", "\(error)")
    }
  }

  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  /// Paths are as long as the longest route of any system.
  private var routes: [HTTPRoute] {
    let depths = doors.flatMap { $0.plan.rows.map { $0.route.segments.count } }
    let patterns = (1...max(depths.max() ?? 1, 2)).map { depth in
      RestRoute.base + (0..<depth).map { "/:part\($0)" }.joined()
    }
    return patterns.map { pattern in
      HTTPRoute(Self.methods, pattern) { [self] request, responder in
        Task { @LoopActor in
          let answer = await answer(request)
          var fields: HTTPFields = [
            "Content-Type": "application/json", "Cache-Control": "no-store",
          ]
          if !answer.allowed.isEmpty { fields["Allow"] = answer.allowed.joined(separator: ", ") }
          if answer.status == 401 { fields["WWW-Authenticate"] = "Bearer realm=\"api\"" }
          responder.respond(
            status: answer.status, headers: fields, body: answer.json.compactBytes)
        }
      }
    } + [
      .get("/healthz") { _, responder in
        responder.respond(
          status: 200, headers: ["Content-Type": "application/json"],
          body: Array(#"{"status":"ok"}"#.utf8))
      }
    ]
  }

  // MARK: - One request

  private func answer(_ request: HTTPServerRequest) async -> RestDesk.Answer {
    watch?.glance()
    do throws(WorldError) {
      let (door, key) = try admitted(request)
      let question = RestDesk.Question(
        method: request.method, path: request.path.dropFirst(RestRoute.base.count),
        query: String(request.query ?? ""), body: request.body)
      if question.segments.first == "api-keys" {
        return try await keys.answer(question, key, door)
      }
      return await (try desk(door)).answer(question, try caller(key, door, request))
    } catch { return RestDesk.Answer(error) }
  }

  private func desk(_ door: BackendDoor) throws(WorldError) -> RestDesk {
    if let known = desks[door.system.name] { return known }
    var order = CatalogWish(clock: LoopActor.loop.clock)
    order.faults = faults
    order.world = wish.world
    order.world.path = wish.folder?.world(of: door.system.name)
    do throws(OperationFailure) { try ServedCatalog.prepare(order.world) } catch {
      throw WorldError(.unavailable, error.sentence)
    }
    let made = try RestDesk(door.plan, order)
    desks[door.system.name] = made
    return made
  }

  /// As whom the key's holder comes, in the system's own eyes.
  private func caller(
    _ key: APIKey, _ door: BackendDoor, _ request: HTTPServerRequest
  ) throws(WorldError) -> Caller {
    var caller = KeyCheck.caller(with: key)
    let plan = door.plan
    guard plan.memberHeaders.isEmpty else {
      for name in plan.memberHeaders where caller.claims["user"] == nil {
        caller.claims["user"] = request.headers[name]
      }
      return caller
    }
    guard let admission = plan.admission, let world = try desk(door).world else { return caller }
    let credentials = MCPServer.Credentials(
      fields: request.headers, path: String(request.path), peer: request.peer)
    switch admission(caller, credentials, world, faults) {
    case .good(let admitted): return admitted
    case .bad(let denial): throw .forbidden(denial.text)
    case .notMine: return caller
    }
  }

  private func admitted(
    _ request: HTTPServerRequest
  ) throws(WorldError) -> (BackendDoor, APIKey) {
    var denials: [KeyDenial] = []
    for door in doors {
      switch door.checker.check(request.headers) {
      case .granted(let key): return (door, key)
      case .denied(let denial): denials.append(denial)
      }
    }
    let denial = denials.min { Self.weight($0) < Self.weight($1) } ?? .missing
    let shown = PresentedKey.find(in: request.headers)
    let meant = doors.map(\.system).filter { shown?.begins(as: $0) ?? false }
    throw Self.refusal(denial, meant.isEmpty ? doors.map(\.system) : meant)
  }

  /// What says most about a key comes first.
  private static func weight(_ denial: KeyDenial) -> Int {
    switch denial {
    case .expired, .revoked: 0
    case .unavailable: 1
    case .missing: 2
    case .unknown, .malformed, .missingScopes, .otherSystem: 3
    }
  }

  private static func refusal(_ denial: KeyDenial, _ systems: [KeySystem]) -> WorldError {
    switch denial {
    case .expired, .revoked:
      WorldError(
        .unauthorized,
        "unauthorized: \(denial.sentence); create a new API key and update your config")
    case .missing:
      WorldError(
        .unauthorized, "unauthorized: no API token was sent; send Authorization: Bearer KEY")
    case .unavailable: WorldError(.unavailable, denial.sentence)
    case .unknown, .malformed, .missingScopes, .otherSystem:
      WorldError(
        .unauthorized,
        "invalid API token: regenerate the key, and see that it starts with "
          + Set(systems.flatMap { [$0.live, $0.test] }).sorted().joined(separator: ", "))
    }
  }
}

/// One system behind the address: its keys and what it can do.
struct BackendDoor {
  let system: KeySystem
  let plan: SystemPlan
  let checker: KeyChecker
}

import AuthorizationServer
import EventLoop
import Keys
import MCPServer
import MockBackend
import SafeText
import Settings

/// One system being served, and what a caller shows to come in.
@LoopActor
struct DemoStand {
  let url: String
  let headers: [NamedValue]
  let serving: Serving
  private let run: Task<Void, Never>

  /// In a folder the system keeps its records, as it would for `alidade serve`; else it shares what waits for a person
  /// through the `approvals` of one.
  static func open(
    _ name: String, keeping folder: DataFolder?, approvals: DataFolder?
  ) async throws(OperationFailure) -> DemoStand {
    var wish = ServeWish(system: name, way: .http("127.0.0.1:0"))
    wish.program = "demo"
    wish.world.plantsLate = true
    wish.calendar = DemoClock(over: LoopActor.loop.clock)
    wish.records = folder.map { .folder($0) }
    if folder == nil, name == "allv" { wish.approvals = self.approvals(approvals) }
    var headers: [NamedValue] = []
    var checker: KeyChecker?
    if let system = KeySystem.named(name), name != "conformance" {
      let key: String
      (checker, key) = try await keys(of: system, in: folder)
      wish.needsKey = true
      headers.append(NamedValue("Authorization", "Bearer \(key)"))
    } else if name != "conformance" {
      var own = AuthorizationWish()
      own.consent = .auto
      wish.authorization = own
    }
    let serving = try await Serving.open(wish, keys: checker)
    headers += serving.callerHeaders.map { NamedValue($0.0, $0.1) }
    let began = Latch()
    let run = Task { @LoopActor in
      do throws(OperationFailure) { try await serving.run { _ in began.set() } } catch {
        // A port that cannot be had: the connection to it fails and says so.
        began.set()
      }
    }
    await began.wait()
    return DemoStand(
      url: serving.demoAddress, headers: headers, serving: serving, run: run)
  }

  /// What lets a caller read and no more.
  var readingScopes: String {
    let scopes = serving.served.catalog.tools.filter { !$0.isMutating }.flatMap(\.scopes)
    return Set(scopes).sorted().joined(separator: " ")
  }

  /// Without a place for them they are decided in this process alone.
  private static func approvals(_ folder: DataFolder?) -> ApprovalStore? {
    do throws(WorldError) {
      return try folder.map { (folder) throws(WorldError) in
        try ApprovalStore(folder: folder)
      }
    } catch { return nil }
  }

  /// One key that may do everything: in the records, which the system reads itself, or in a store in memory.
  private static func keys(
    of system: KeySystem, in folder: DataFolder?
  ) async throws(OperationFailure) -> (KeyChecker?, String) {
    var request = KeyRequest(
      system: system, name: "demo-\(system.name)", scopes: system.scopes, createdBy: "demo")
    request.isTest = true
    request.id = String("\(system.name.filter(\.isLetter))0000000000".prefix(KeyRequest.idCount))
    let now = LoopActor.loop.clock.wallTime
    do throws(RecordsError) {
      guard let folder else {
        do throws(KeyError) {
          let store = try await KeyStore.open(sqlite: ":memory:")
          let minted = try await store.mint(request, at: now)
          return (try await KeyChecker(polling: store, system: system.name), minted.text.reveal())
        } catch { throw .keys(error) }
      }
      let store = try await Records(.folder(folder)).keys()
      do throws(KeyError) {
        let minted = try await store.mint(request, at: now)
        await store.close()
        return (nil, minted.text.reveal())
      } catch {
        await store.close()
        throw .keys(error)
      }
    } catch { throw OperationFailure(.usage, layer: "config", error.description) }
  }

  func close() async {
    run.cancel()
    await run.value
  }
}

import AuthorizationServer
import EventLoop
import Keys
import MockBackend
import MockCatalogs
import SafeText
import Settings

/// The systems that this process serves to itself, each on a loopback port of its own, from the first use on.
@LoopActor
final class DemoHost {
  private var stands: [String: DemoStand] = [:]
  /// Where this user's programs see what waits for a person's word.
  private let folder: DataFolder?

  init(_ environment: [String: String]) {
    folder = DataFolder.path(in: environment).map(DataFolder.init)
  }

  /// The definition with the address of a running system in place of `demo:NAME`; any other as it is.
  func reached(_ definition: ServerDefinition) async throws(OperationFailure) -> ServerDefinition {
    guard let word = definition.url, word.hasPrefix(Self.prefix) else { return definition }
    let name = String(word.dropFirst(Self.prefix.count))
    let stand = try await stand(name)
    var reached = definition
    reached.url = stand.url
    let given = Set(definition.headers.map { $0.name.lowercased() })
    reached.headers += stand.headers.filter { !given.contains($0.name.lowercased()) }
    return reached
  }

  private func stand(_ name: String) async throws(OperationFailure) -> DemoStand {
    if let running = stands[name] { return running }
    let opened = try await DemoStand.open(name, folder)
    stands[name] = opened
    return opened
  }

  /// The system as it runs; nil before its first use.
  func serving(_ name: String) -> Serving? { stands[name]?.serving }

  /// The way in where a system knows people alone: everything is agreed to by itself.
  static func signIn(to definition: ServerDefinition) -> SignInOffer? {
    guard let name = definition.url, name.hasPrefix(prefix),
      KeySystem.named(String(name.dropFirst(prefix.count))) == nil
    else { return nil }
    var order = SignInOrder()
    order.agreesByItself = true
    return SignInOffer(order, SignInScene(show: { _ in }, step: { _ in }))
  }

  private static let prefix = "demo:"

  func close() async {
    for stand in stands.values { await stand.close() }
    stands = [:]
  }
}

/// One system being served, and what a caller shows to come in.
@LoopActor
struct DemoStand {
  let url: String
  let headers: [NamedValue]
  let serving: Serving
  private let run: Task<Void, Never>

  static func open(
    _ name: String, _ folder: DataFolder?
  ) async throws(OperationFailure) -> DemoStand {
    var wish = ServeWish(system: name, way: .http("127.0.0.1:0"))
    wish.program = "demo"
    if name == "allv" { wish.approvals = approvals(folder) }
    var headers: [NamedValue] = []
    var checker: KeyChecker?
    if let system = KeySystem.named(name), name != "conformance" {
      let key: String
      (checker, key) = try await keys(of: system)
      wish.needsKey = true
      headers.append(NamedValue("Authorization", "Bearer \(key)"))
    } else if name != "conformance" {
      var own = AuthorizationWish()
      own.consent = .auto
      wish.authorization = own
    }
    let serving = try await Serving.open(wish, keys: checker)
    headers += serving.demoHeaders.map { NamedValue($0.0, $0.1) }
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

  /// Without a place for them they are decided in this process alone.
  private static func approvals(_ folder: DataFolder?) -> ApprovalStore? {
    do throws(WorldError) {
      return try folder.map { (folder) throws(WorldError) in
        try ApprovalStore(folder: folder)
      }
    } catch { return nil }
  }

  /// A store in memory with one key that may do everything.
  private static func keys(
    of system: KeySystem
  ) async throws(OperationFailure) -> (KeyChecker, String) {
    do throws(KeyError) {
      let store = try await KeyStore.open(sqlite: ":memory:")
      var request = KeyRequest(
        system: system, name: "demo", scopes: system.scopes, createdBy: "demo")
      request.isTest = true
      let minted = try await store.mint(request, at: LoopActor.loop.clock.wallTime)
      let checker = try await KeyChecker(polling: store, system: system.name)
      return (checker, minted.text.reveal())
    } catch { throw OperationFailure(.usage, layer: "config", error.description) }
  }

  func close() async {
    run.cancel()
    await run.value
  }
}

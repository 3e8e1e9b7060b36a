import EventLoop
import Keys
import Settings

/// The systems that this process serves to itself, each on a loopback port of its own, from the first use on.
@LoopActor
final class DemoHost {
  private var stands: [String: DemoStand] = [:]
  private var opening: [String: Task<Result<DemoStand, OperationFailure>, Never>] = [:]
  /// Where this user's programs see what waits for a person's word.
  private let folder: DataFolder?
  /// The systems keep their records there too, for a window that shows them.
  let keepsRecords: Bool

  init(_ environment: [String: String], keepsRecords: Bool) {
    folder = DataFolder.path(in: environment).map(DataFolder.init)
    self.keepsRecords = keepsRecords
  }

  /// The definition with the address of a running system in place of `demo:NAME`; any other as it is.
  func reached(_ definition: ServerDefinition) async throws(OperationFailure) -> ServerDefinition {
    guard let word = definition.url, word.hasPrefix(Self.prefix) else { return definition }
    let stand = try await stand(String(word.dropFirst(Self.prefix.count)))
    var reached = definition
    reached.url = stand.url
    let given = Set(definition.headers.map { $0.name.lowercased() })
    reached.headers += stand.headers.filter { !given.contains($0.name.lowercased()) }
    return reached
  }

  /// A system as any server is configured: its address, and the headers that let a caller in.
  func definition(of name: String) async throws(OperationFailure) -> ServerDefinition {
    let stand = try await stand(name)
    var definition = ServerDefinition(
      name: name, transport: .http, origin: Origin(trust: .user, source: "demo"))
    definition.url = stand.url
    definition.headers = stand.headers
    return definition
  }

  private func stand(_ name: String) async throws(OperationFailure) -> DemoStand {
    if let running = stands[name] { return running }
    // Whoever comes meanwhile waits for the same one.
    let task = opening[name] ?? Task { @LoopActor in await open(name) }
    opening[name] = task
    let opened = await task.value
    opening[name] = nil
    return try opened.get()
  }

  private func open(_ name: String) async -> Result<DemoStand, OperationFailure> {
    do throws(OperationFailure) {
      let stand = try await DemoStand.open(
        name, keeping: keepsRecords ? folder : nil, approvals: folder)
      stands[name] = stand
      return .success(stand)
    } catch { return .failure(error) }
  }

  /// The system as it runs; nil before its first use.
  func serving(_ name: String) -> Serving? { stands[name]?.serving }

  /// The way in where a system knows people alone: everything is agreed to by itself. One that is reached as any server
  /// is begins with leave to read, so that there is more to ask for.
  func signIn(to definition: ServerDefinition) -> SignInOffer? {
    guard let url = definition.url else { return nil }
    var order = SignInOrder()
    order.agreesByItself = true
    if url.hasPrefix(Self.prefix) {
      guard Self.knowsPeopleAlone(String(url.dropFirst(Self.prefix.count))) else { return nil }
    } else {
      guard keepsRecords, let (name, stand) = stands.first(where: { $0.value.url == url }),
        Self.knowsPeopleAlone(name)
      else { return nil }
      order.scopes = stand.readingScopes
      order.stepsUp = false
    }
    return SignInOffer(order, SignInScene(show: { _ in }, step: { _ in }))
  }

  private static func knowsPeopleAlone(_ name: String) -> Bool { KeySystem.named(name) == nil }

  private static let prefix = "demo:"

  func close() async {
    for task in opening.values { _ = await task.value }
    for stand in stands.values { await stand.close() }
    stands = [:]
  }
}

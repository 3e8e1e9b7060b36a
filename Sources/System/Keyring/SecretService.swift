/// The desktop's keyring, by the Secret Service API on the user's bus. It waits for each answer, a few seconds in all:
/// for a thread of its own. Nobody is asked to unlock anything: without a desktop that could wait for ever.
package struct SecretService: ~Copyable {
  private var bus: BusConnection
  private let session: String

  private static let name = "org.freedesktop.secrets"
  private static let root = "/org/freedesktop/secrets"
  private static let keyring = "/org/freedesktop/secrets/aliases/default"
  private static let interface = "org.freedesktop.Secret"
  private static let patience: Int64 = 4_000

  package init(environment: [String: String]) throws(KeyringError) {
    guard let address = BusAddress(environment: environment) else { throw .noBus }
    var bus = try BusConnection(address, within: Self.patience)
    session = try Self.session(&bus)
    self.bus = bus
  }

  private static func session(_ bus: inout BusConnection) throws(KeyringError) -> String {
    let answer = try ask(
      &bus, root, "Service", "OpenSession", .text("plain"), .variant(.text("")))
    guard answer.count == 2, let path = answer[1].path else { throw .garbled }
    return path
  }

  /// The secret with these attributes; nil where there is none.
  package mutating func secret(
    _ attributes: [(String, String)]
  ) throws(KeyringError) -> [UInt8]? {
    let found = try Self.ask(&bus, Self.root, "Service", "SearchItems", .texts(attributes))
    guard found.count == 2 else { throw .garbled }
    guard let item = found[0].paths.first ?? found[1].paths.first else { return nil }
    if found[0].paths.isEmpty { try unlock(item) }
    let answer = try Self.ask(&bus, item, "Item", "GetSecret", .path(session))
    guard let parts = answer.first?.elements, parts.count == 4 else { throw .garbled }
    return parts[2].bytes
  }

  package mutating func keep(
    _ secret: [UInt8], label: String, _ attributes: [(String, String)]
  ) throws(KeyringError) {
    try unlock(Self.keyring)
    let properties: [BusValue] = [
      .pair(.text("org.freedesktop.Secret.Item.Label"), .variant(.text(label))),
      .pair(.text("org.freedesktop.Secret.Item.Attributes"), .variant(.texts(attributes))),
    ]
    let value: BusValue = .structure([
      .path(session), .bytes([]), .bytes(secret), .text("text/plain"),
    ])
    let answer = try Self.ask(
      &bus, Self.keyring, "Collection", "CreateItem", .array(of: "{sv}", properties), value,
      .flag(true))
    guard let item = answer.first?.path else { throw .garbled }
    guard item != "/" else { throw .locked }
  }

  private mutating func unlock(_ object: String) throws(KeyringError) {
    let answer = try Self.ask(
      &bus, Self.root, "Service", "Unlock", .array(of: "o", [.path(object)]))
    guard answer.count == 2, answer[1].path == "/" else { throw .locked }
  }

  private static func ask(
    _ bus: inout BusConnection, _ path: String, _ part: String, _ member: String,
    _ arguments: BusValue...
  ) throws(KeyringError) -> [BusValue] {
    do throws(KeyringError) {
      return try bus.call(
        BusCall(name, path, "\(interface).\(part)", member, arguments: arguments))
    } catch .refused(let error) {
      throw meanings[error] ?? .refused(error)
    } catch {
      throw error
    }
  }

  private static let meanings: [String: KeyringError] = [
    "org.freedesktop.DBus.Error.ServiceUnknown": .noService,
    "org.freedesktop.DBus.Error.NameHasNoOwner": .noService,
    "org.freedesktop.DBus.Error.Spawn.ChildExited": .noService,
    "org.freedesktop.DBus.Error.Spawn.ExecFailed": .noService,
    "org.freedesktop.DBus.Error.TimedOut": .noAnswer,
    "org.freedesktop.DBus.Error.NoReply": .noAnswer,
    "org.freedesktop.Secret.Error.IsLocked": .locked,
  ]
}

import Synchronization
import Testing

@testable import Keyring

@Suite(.timeLimit(.minutes(1))) struct SecretServiceTests {
  private static let attributes = [("application", "a"), ("purpose", "b")]

  private func secret(_ bus: FakeBus) -> Result<[UInt8]?, KeyringError> {
    Result { () throws(KeyringError) in
      var service = try SecretService(environment: bus.environment)
      return try service.secret(Self.attributes)
    }
  }

  @Test func `a secret that was kept is found again by its attributes`() throws {
    let bus = FakeBus()
    #expect(secret(bus) == .success(nil))
    var service = try SecretService(environment: bus.environment)
    try service.keep([1, 2, 255], label: "L", Self.attributes)
    #expect(secret(bus) == .success([1, 2, 255]))
    #expect(try service.secret([("application", "other")]) == nil)
  }

  @Test func `a locked keyring says so and nobody is asked`() throws {
    let bus = FakeBus()
    var service = try SecretService(environment: bus.environment)
    try service.keep([1], label: "L", Self.attributes)
    bus.state.withLock { $0.isLocked = true }
    #expect(secret(bus) == .failure(.locked))
    #expect(throws: KeyringError.locked) { try service.keep([2], label: "L", Self.attributes) }
    #expect(bus.state.withLock { $0.calls }.contains("Prompt") == false)
  }

  @Test(arguments: [
    ("org.freedesktop.DBus.Error.ServiceUnknown", KeyringError.noService),
    ("org.freedesktop.DBus.Error.Spawn.ChildExited", .noService),
    ("org.freedesktop.Secret.Error.IsLocked", .locked),
    ("org.example.Odd", .refused("org.example.Odd")),
  ])
  func `an error of the bus has its meaning`(name: String, error: KeyringError) {
    var state = FakeBus.State()
    state.error = name
    #expect(secret(FakeBus(state)) == .failure(error))
  }

  @Test(
    arguments: [
      [], [0], Array(repeating: 255, count: 64), Array("l\u{2}\u{0}\u{1}".utf8),
      Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8),
      [108, 2, 0, 1, 255, 255, 255, 255, 1, 0, 0, 0, 255, 255, 255, 255],
    ] as [[UInt8]])
  func `what is no answer is survived`(garbage: [UInt8]) {
    var state = FakeBus.State()
    state.garbage = garbage
    let outcome = secret(FakeBus(state))
    #expect(outcome == .failure(.garbled) || outcome == .failure(.noAnswer), "\(outcome)")
  }

  @Test(arguments: [
    [:], ["DBUS_SESSION_BUS_ADDRESS": "tcp:host=x"],
    ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"], ["XDG_RUNTIME_DIR": "/nowhere"],
    ["DBUS_SESSION_BUS_ADDRESS": "unix:path=" + String(repeating: "x", count: 200)],
  ])
  func `without a bus there is none`(environment: [String: String]) {
    #expect(throws: KeyringError.noBus) { _ = try SecretService(environment: environment) }
  }

  @Test(
    arguments: [
      ("unix:path=/run/user/1/bus", Array("/run/user/1/bus".utf8)),
      ("tcp:host=a;unix:guid=1,path=/a%20b", Array("/a b".utf8)),
      ("unix:abstract=/tmp/x,guid=2", [0] + Array("/tmp/x".utf8)),
      ("unix:path=%zz", nil), ("", nil), ("unix:", nil), ("unix:dir=/tmp", nil),
    ] as [(String, [UInt8]?)])
  func `the address of a bus is read as its servers write it`(text: String, name: [UInt8]?) {
    #expect(BusAddress(text)?.name == name)
  }

  @Test func `a message is read as it was written, and no cut of it traps`() {
    var message = BusMessage(.call, serial: 7)
    (message.path, message.interface, message.member) = ("/a", "b.c", "D")
    (message.destination, message.answers) = (":1.2", 3)
    message.body = [
      .byte(1), .flag(true), .number(9), .text("é"), .path("/"), .signature("a{sv}"),
      .bytes([1, 2]),
      .array(of: "{sv}", [.pair(.text("k"), .variant(.texts([("a", "b")])))]),
      .structure([.number(1), .array(of: "t", [])]), .variant(.variant(.byte(3))),
    ]
    let bytes = message.written
    #expect(BusMessage(bytes) == message)
    #expect(BusMessage.size(ofHead: Array(bytes.prefix(16))) == bytes.count)
    for place in bytes.indices {
      _ = BusMessage(Array(bytes.prefix(place)))
      for change: UInt8 in [1, 0x80, 0xFF] {
        var changed = bytes
        changed[place] ^= change
        _ = BusMessage(changed)
      }
    }
  }

  @Test func `types without end are refused`() {
    let deep = String(repeating: "a", count: 300) + "y"
    #expect(BusReader.values(deep, in: [UInt8](repeating: 0, count: 2000)) == nil)
    for signature in ["(", "{", "a", "a{", "()", "z", "((((", "a()"] {
      _ = BusReader.values(signature, in: [UInt8](repeating: 1, count: 64))
    }
  }
}

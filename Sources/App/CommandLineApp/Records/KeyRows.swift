import Arguments
import Audit
import EventLoop
import JSON
import Keys
import Operations

/// The words by which keys are made and named.
enum KeyRows {
  static let system = OptionRow(
    "system", takes: ValueRow("SYSTEM", .choice(KeySystem.all.map(\.name))), isRequired: true,
    help: "The system that the key opens")
  static let only = OptionRow(
    "system", takes: ValueRow("SYSTEM", .choice(KeySystem.all.map(\.name))),
    help: "Only keys of that system")
  static let name = OptionRow(
    "name", takes: ValueRow("NAME"), isRequired: true, help: "What the key is for")
  static let scopes = OptionRow(
    "scopes", takes: ValueRow("LIST"), repeats: true,
    help: "What the key may do, as read,write; without it what the system's keys usually may")
  static let projects = OptionRow(
    "projects", takes: ValueRow("LIST"), repeats: true,
    help: "What the key reaches, as ids; everything without it")
  static let expires = OptionRow(
    "expires", takes: ValueRow("WHEN"), help: "Its end: 12h, 90d, a date, or a date with a time")
  static let test = OptionRow("test", help: "A key with the prefix for trying things out")
  static let grace = OptionRow(
    "grace", takes: ValueRow("SECONDS", .seconds), help: "How long the old key still opens")
  static let key = PositionalRow(ValueRow("KEY"), help: "A key's id, prefix or name")

  static func words(_ arguments: ParsedArguments, _ row: OptionRow) -> [String] {
    arguments.all(row).flatMap { $0.split { $0 == "," || $0 == " " }.map(String.init) }
  }

  /// A span counts from now on, where `moment(reading:)` has it before now.
  static func expiry(
    _ arguments: ParsedArguments, now: WallTime
  ) throws(CommandFailure) -> WallTime? {
    guard let text = arguments[expires] else { return nil }
    guard let moment = LocalTime.moment(reading: text, now: now) else {
      throw CommandFailure(
        .usage, "--expires '\(text)' is no moment",
        hint: "write 12h or 90d from now, 2026-12-31, or 2026-12-31T18:00")
    }
    let isSpan = !text.contains("-")
    let end =
      isSpan ? now.microseconds + (now.microseconds - moment.microseconds) : moment.microseconds
    guard end > now.microseconds else {
      throw CommandFailure(.usage, "--expires '\(text)' is over already")
    }
    return WallTime(microseconds: end)
  }

  static func request(
    _ arguments: ParsedArguments, _ desk: RecordDesk
  ) async throws(CommandFailure) -> KeyRequest {
    guard let system = arguments[system].flatMap(KeySystem.named) else {
      throw CommandFailure(.usage, "there is no such system")
    }
    let name = (arguments[name] ?? "").trimmed
    guard !name.isEmpty else { throw CommandFailure(.usage, "--name is empty") }
    let scopes = words(arguments, scopes)
    let unknown = scopes.filter { !system.scopes.contains($0) }
    guard unknown.isEmpty else {
      throw CommandFailure(
        .usage, "\(system.name) knows no scope \(unknown.joined(separator: ", "))",
        hint: "its scopes are \(system.scopes.joined(separator: ", "))")
    }
    let (person, now) = await (desk.person, desk.now)
    var request = KeyRequest(
      system: system, name: name, scopes: scopes.isEmpty ? system.usualScopes : scopes,
      createdBy: person)
    request.projects = words(arguments, projects)
    request.isTest = arguments.has(test)
    request.expiresAt = try expiry(arguments, now: now)
    return request
  }
}

extension RecordDesk {
  /// The one key that the word names.
  func key(_ word: String, in store: KeyStore) async throws(CommandFailure) -> APIKey {
    let now = now
    let found = try await kept { () async throws(KeyError) in
      try await store.keys(named: word, at: now)
    }
    guard let key = found.first else {
      throw CommandFailure(
        .usage, "there is no key '\(word)'", hint: "`alidade keys list` shows what there is")
    }
    guard found.count == 1 else {
      throw CommandFailure(
        .usage, "'\(word)' names \(found.count) keys",
        hint: "one of \(found.map(\.id).joined(separator: ", "))")
    }
    return key
  }

  /// The event that goes with a change of keys; without it the change is not to be.
  func note(_ kind: AuditEvent.Kind, _ key: APIKey) async throws(CommandFailure) {
    try await note(key.event(kind, by: person, at: now, program: program))
  }

  func note(_ event: AuditEvent) async throws(CommandFailure) {
    let store = try await audit(make: true)
    _ = try await audited { () async throws(AuditError) in try await store.append([event]) }
    await store.close()
  }

  /// This program, as the audit names whoever made a change.
  var program: String { "alidade \(Release.version)" }
}

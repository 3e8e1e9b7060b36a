import Arguments
import Authorization
import AuthorizationServer
import EventLoop
import JSON
import Operations
import SafeText

/// The words by which clients and consents of authorization servers are named.
enum AuthorizationRows {
  private static let systems = ServedSystem.all.map(\.name)

  static let system = OptionRow(
    "system", takes: ValueRow("SYSTEM", .choice(systems)), isRequired: true,
    help: "The system whose authorization server is meant")
  static let only = OptionRow(
    "system", takes: ValueRow("SYSTEM", .choice(systems)), help: "Only those of that system")
  static let consent = PositionalRow(
    ValueRow("CONSENT"), help: "A consent's id, or a client's id or name")
  static let client = PositionalRow(ValueRow("CLIENT"), help: "A client's id or name")
  static let name = OptionRow(
    "name", takes: ValueRow("NAME"), isRequired: true, help: "What the client is called")
  static let scopes = OptionRow(
    "scopes", takes: ValueRow("LIST"), repeats: true,
    help: "All that the client may ever get, as read,write; everything without it")
  static let redirects = OptionRow(
    "redirect-uri", takes: ValueRow("URI"), repeats: true,
    help: "Where people who sign in are sent back to; any port counts on this machine")
  static let keys = OptionRow(
    "jwks", takes: ValueRow("FILE", .file),
    help: "The client's public keys as a JWK set: it signs instead of showing a secret")
  static let open = OptionRow(
    "public", help: "A client that can keep no secret, such as a program on a user's machine")
}

extension RecordDesk {
  func authorization() async throws(CommandFailure) -> AuthorizationStore {
    let records = try records()
    do throws(RecordsError) { return try await records.authorization() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  func authorized<Value: Sendable>(
    _ work: @LoopActor () async throws(AuthorizationStoreError) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(AuthorizationStoreError) { return try await work() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// One of several by a word; ids first.
  func one<Row>(
    _ word: String, of rows: [Row], _ kind: String, id: (Row) -> String, names: (Row) -> [String]
  ) throws(CommandFailure) -> Row {
    var found = rows.filter { id($0) == word }
    if found.isEmpty { found = rows.filter { names($0).contains(word) } }
    guard let row = found.first else {
      throw CommandFailure(
        .usage, "there is no \(kind) '\(word)'",
        hint: "`alidade \(kind)s list` shows what there is")
    }
    guard found.count == 1 else {
      throw CommandFailure(
        .usage, "'\(word)' names \(found.count) \(kind)s",
        hint: "one of \(found.map(id).joined(separator: ", "))")
    }
    return row
  }

  func table(_ rows: [[String]], header: [String], empty: String) {
    guard !rows.isEmpty else { return context.output.line(empty) }
    for line in TextTable(header: header, rows: rows).lines { context.output.line(line) }
  }
}

extension StoredConsent {
  static let header = ["ID", "SYSTEM", "USER", "CLIENT", "SCOPES", "SINCE"]

  var row: [String] {
    [
      id, system, person, SafeText(clientName).text, scopes.names.joined(separator: ","),
      LocalTime.moment(givenAt),
    ]
  }

  var json: JSON {
    [
      "id": .string(id), "system": .string(system), "user": .string(person),
      "client": .string(client), "clientName": .string(clientName),
      "scopes": .array(scopes.names.map(JSON.string)), "given": .string(givenAt.description),
    ]
  }
}

extension StoredClient {
  static let header = ["ID", "SYSTEM", "NAME", "FROM", "PROOF", "SINCE"]

  private var source: String { origin == .made ? "operator" : "itself" }

  var row: [String] {
    [
      id, system, SafeText(name).text, source, metadata.method, LocalTime.moment(createdAt),
    ]
  }

  var json: JSON {
    [
      "id": .string(id), "system": .string(system), "name": .string(name),
      "from": .string(source), "method": .string(metadata.method),
      "grants": .array(metadata.grants.map(JSON.string)),
      "redirects": .array(metadata.redirects.map(JSON.string)),
      "created": .string(createdAt.description),
    ]
  }
}

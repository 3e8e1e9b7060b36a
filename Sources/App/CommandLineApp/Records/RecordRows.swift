import Arguments
import Audit
import EventLoop
import JSON
import Keys
import Operations

/// What commands about keys and audit have in common: where the records are, and who asks.
enum RecordRows {
  static let data = OptionRow(
    "data", takes: ValueRow("DIR", .directory),
    help: "The data folder of the server; without it the one of this user")
  static let store = OptionRow(
    "store", takes: ValueRow("URL"),
    help: "A PostgreSQL database that servers share, postgres://…, in place of a folder")
  /// Where the records are.
  static let places = [data, store]

  static let yes = OptionRow("yes", short: "y", help: "Do not ask for confirmation")

  static func store(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> RecordStore {
    if let address = arguments[store] {
      guard !arguments.has(data) else {
        throw CommandFailure(.usage, "--data and --store exclude each other")
      }
      guard let store = RecordStore(address: address) else {
        throw CommandFailure(
          .usage, "--store is no address of a PostgreSQL database",
          hint: "write postgres://USER@HOST/DATABASE; the password can be in PGPASSWORD")
      }
      return store
    }
    if let path = arguments[data] {
      return .folder(DataFolder(context.path(path)))
    }
    guard let path = DataFolder.path(in: context.environment) else {
      throw CommandFailure(
        .usage, "there is no data folder without a HOME", hint: "name one with --data")
    }
    return .folder(DataFolder(path))
  }
}

/// The records that a command works on.
@LoopActor
struct RecordDesk {
  private let arguments: ParsedArguments
  let context: CommandContext
  let wantsJSON: Bool
  var now: WallTime { LoopActor.loop.clock.wallTime }

  init(_ arguments: ParsedArguments, _ context: CommandContext) {
    self.arguments = arguments
    self.context = context
    wantsJSON = arguments.has(.json)
  }

  /// Found when they are needed: a log that is read from a file needs none.
  func records() throws(CommandFailure) -> Records {
    Records(try RecordRows.store(arguments, context))
  }

  /// Who changes keys, for the record.
  var person: String {
    let words = ["LOGNAME", "USER"].compactMap { context.environment[$0] }
    return words.first { !$0.isEmpty } ?? "unknown"
  }

  func write(_ json: JSON) { context.output.line(json.compact) }

  /// The second confirmation of what cannot be taken back.
  func confirm(_ question: String, _ arguments: ParsedArguments) async throws(CommandFailure) {
    if arguments.has(RecordRows.yes) { return }
    guard context.isAttended else {
      throw CommandFailure(
        .inputRequired, "this needs a confirmation, and there is nobody to ask",
        hint: "add --yes where that is meant")
    }
    let asker = Asker(context)
    let letter = await asker.choice("\(question) [y/N] ", ["n", "y"])
    guard letter == "y" else { throw CommandFailure(.interrupted, "nothing was changed") }
  }

  // MARK: - Stores

  func keys() async throws(CommandFailure) -> KeyStore {
    let records = try records()
    do throws(RecordsError) { return try await records.keys() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  func audit(make: Bool = false) async throws(CommandFailure) -> AuditStore {
    let records = try records()
    do throws(RecordsError) {
      return make ? try await records.audit() : try await records.existingAudit()
    } catch {
      let hint =
        if case .noAudit = error {
          "a server begins one; name its folder with --data" as String?
        } else { nil as String? }
      throw CommandFailure(.usage, error.description, hint: hint)
    }
  }

  func kept<Value: Sendable>(
    _ work: @LoopActor () async throws(KeyError) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(KeyError) { return try await work() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  func audited<Value: Sendable>(
    _ work: @LoopActor () async throws(AuditError) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(AuditError) { return try await work() } catch {
      throw CommandFailure(.usage, error.description)
    }
  }
}

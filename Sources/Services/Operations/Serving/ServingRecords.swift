import Audit
import EventLoop
import Keys
import MCPServer

/// What a served system has on record while it runs: the keys it checks, the audit it writes.
@LoopActor
struct ServingRecords {
  let gate: any AccessGate
  /// The gate where callers show who they are; nil where all come in.
  let credentials: CredentialGate?
  let log: AuditLog
  let tally: ServingTally
  private let checker: KeyChecker?
  private let writer: AuditWriter?
  private let store: AuditStore?

  static func open(_ wish: ServeWish) async throws(OperationFailure) -> ServingRecords {
    do throws(RecordsError) {
      let records = wish.records.map(Records.init)
      let store = try await records?.audit()
      let checker = wish.needsKey ? try await records?.checker(system: wish.system) : nil
      return ServingRecords(wish, store: store, checker: checker)
    } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
  }

  private init(_ wish: ServeWish, store: AuditStore?, checker: KeyChecker?) {
    let writer = store.map(AuditWriter.init), tally = ServingTally()
    let log = AuditLog(
      system: wish.system, writer: writer, clock: LoopActor.loop.clock, tally: tally)
    self.store = store
    self.checker = checker
    self.writer = writer
    self.tally = tally
    self.log = log
    credentials = checker.map { checker in
      CredentialGate([KeyCheck(checker)], refused: { log.refused($0, $1) })
    }
    gate = credentials ?? OpenGate()
  }

  func close() async {
    await writer?.flush()
    await store?.close()
    checker?.close()
  }
}

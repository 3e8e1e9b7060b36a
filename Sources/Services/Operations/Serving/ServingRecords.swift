import Audit
import Crypto
import EventLoop
import Keys
import MCPServer
import MockCatalogs
import Sessions

/// What a served system has on record while it runs: the keys it checks, the audit it writes.
@LoopActor
struct ServingRecords {
  let gate: any AccessGate
  /// The gate where callers show who they are; nil where all come in.
  let credentials: CredentialGate?
  let log: AuditLog
  let tally: ServingTally
  let seal: StateSeal
  /// The sessions that this server shares; none on standard input and output, and without records.
  let sessions: SessionStore?
  private let checker: KeyChecker?
  private let writer: AuditWriter?
  private let store: AuditStore?

  static func open(
    _ wish: ServeWish, _ served: ServedCatalog, keys: KeyChecker?
  ) async throws(OperationFailure) -> ServingRecords {
    do throws(RecordsError) {
      let records = wish.records.map(Records.init)
      let store = try await records?.audit()
      var checker = keys
      if checker == nil, wish.needsKey {
        checker = try await records?.checker(system: wish.system)
      }
      let sessions = wish.way == .stdio ? nil : try await records?.sessions()
      let seal = try await StateSeal.shared(by: sessions, crypto())
      return ServingRecords(
        wish, served, store: store, checker: checker, sessions: sessions, seal: seal)
    } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
  }

  private static func crypto() throws(RecordsError) -> CryptoLibrary {
    do throws(CryptoError) { return try .load() } catch { throw .keys(.crypto(error)) }
  }

  private init(
    _ wish: ServeWish, _ served: ServedCatalog, store: AuditStore?, checker: KeyChecker?,
    sessions: SessionStore?, seal: StateSeal
  ) {
    let writer = store.map(AuditWriter.init), tally = ServingTally()
    let log = AuditLog(
      system: wish.system, writer: writer, clock: LoopActor.loop.clock, tally: tally)
    self.store = store
    self.sessions = sessions
    self.seal = seal
    self.checker = checker
    self.writer = writer
    self.tally = tally
    self.log = log
    credentials = checker.map { checker in
      CredentialGate(
        [served.admitting(KeyCheck(checker))],
        words: served.plan?.scopeWords ?? CredentialGate.plainWords,
        refused: { log.refused($0, $1) })
    }
    gate = credentials ?? OpenGate(refused: { log.refused($0, $1) })
  }

  func close() async {
    await writer?.flush()
    await store?.close()
    await sessions?.close()
    checker?.close()
  }
}

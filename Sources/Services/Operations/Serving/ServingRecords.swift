import Audit
import AuthorizationServer
import Crypto
import EventLoop
import Faults
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
  /// Of the system; nil where callers need no token.
  let authorization: AuthorizationServer?
  private let checker: KeyChecker?
  private let writer: AuditWriter?
  private let store: AuditStore?

  static func open(
    _ wish: ServeWish, _ served: ServedCatalog, keys: KeyChecker?, faults: FaultBoard
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
      let writer = store.map { AuditWriter($0) }, tally = ServingTally()
      let log = AuditLog(
        system: wish.system, writer: writer, clock: LoopActor.loop.clock, tally: tally)
      let own = try await authorization(wish, served, records, log, faults)
      return ServingRecords(
        gate: gate(checker, own, served, log), log: log, tally: tally, authorization: own,
        checker: checker, writer: writer, store: store, sessions: sessions, seal: seal)
    } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
  }

  private static func crypto() throws(RecordsError) -> CryptoLibrary {
    do throws(CryptoError) { return try .load() } catch { throw .keys(.crypto(error)) }
  }

  private init(
    gate: CredentialGate?, log: AuditLog, tally: ServingTally,
    authorization: AuthorizationServer?, checker: KeyChecker?, writer: AuditWriter?,
    store: AuditStore?, sessions: SessionStore?, seal: StateSeal
  ) {
    credentials = gate
    self.gate = gate ?? OpenGate(refused: { log.refused($0, $1) })
    self.log = log
    self.tally = tally
    self.authorization = authorization
    self.sessions = sessions
    self.seal = seal
    self.checker = checker
    self.writer = writer
    self.store = store
  }

  func close() async {
    await writer?.close()
    await store?.close()
    await sessions?.close()
    checker?.close()
    await authorization?.close()
  }
}

import Diagnostics
import EventLoop
import MCPProtocol
import Operations
import Settings

/// Examines and reviews for the window: one server at a time, each finding told when it is made.
@LoopActor
final class DiagnosisBoard {
  typealias Prepare = (ServerDefinition) throws(OperationFailure) -> ServerDefinition

  private let station: Station
  private let prepare: Prepare
  private let servers: () -> [ServerDefinition]
  private var running: Task<Void, Never>?

  /// `servers` are those of this machine, for tools that stand in front of another's.
  init(
    _ station: Station, prepare: @escaping Prepare, servers: @escaping () -> [ServerDefinition]
  ) {
    self.station = station
    self.prepare = prepare
    self.servers = servers
  }

  func carryOut(_ wish: DiagnosisWish, tell: @escaping @LoopActor (DiagnosisNews) -> Void) {
    close()
    switch wish {
    case .stop: return
    case .examine(let subject, let only, let number):
      running = Task { @LoopActor [weak self] in
        await self?.examine(subject, only, number, tell)
      }
    case .review(let subject, let number):
      running = Task { @LoopActor [weak self] in await self?.review(subject, number, tell) }
    }
  }

  func close() {
    running?.cancel()
    running = nil
  }

  // MARK: - The chain

  private func examine(
    _ asked: DiagnosisSubject, _ only: String?, _ number: Int,
    _ tell: @escaping @LoopActor (DiagnosisNews) -> Void
  ) async {
    let examination = Examination(subject(of: asked), on: station) { finding in
      if Task.isCancelled { return }
      if only == nil || finding.check == only { tell(.finding(number: number, finding)) }
    }
    let last = Check.all.firstIndex { $0.id == only } ?? Check.all.endIndex - 1
    await examination.run(Array(Check.all[...last]))
    guard !Task.isCancelled else { return }
    let bundle = SupportBundle(examination, program: station.settings.client.version)
    tell(
      .ended(
        number: number,
        only == nil ? DiagnosisBundle(json: bundle.json, contents: bundle.contents) : nil))
  }

  /// In a demo the doctor signs in for itself, through everything that can go wrong with that.
  private var signInOfDemo: SignInOffer? {
    guard station.settings.isDemo else { return nil }
    var order = SignInOrder()
    order.agreesByItself = true
    return SignInOffer(order, SignInScene(show: { _ in }, step: { _ in }))
  }

  private func subject(of asked: DiagnosisSubject) -> Subject {
    var faults = asked.problems.map {
      Subject.Fault(
        place: asked.path, sentence: $0, isError: asked.definition == nil, id: "config-value")
    }
    var definition: ServerDefinition?
    do throws(OperationFailure) { definition = try asked.definition.map(prepare) } catch {
      faults.append(
        Subject.Fault(
          place: asked.path, sentence: error.sentence, isError: true, id: "config-variable",
          fix: error.hint))
    }
    var subject = Subject(label: asked.target, definition: definition, faults: faults)
    subject.signIn = signInOfDemo
    return subject
  }

  // MARK: - The review

  private func review(
    _ asked: DiagnosisSubject, _ number: Int,
    _ tell: @escaping @LoopActor (DiagnosisNews) -> Void
  ) async {
    guard let definition = asked.definition else {
      return tell(.failed(number: number, "there is nothing to connect to"))
    }
    do throws(OperationFailure) {
      let connection = try await station.connect(to: try prepare(definition)) { _ in }
      let others = Review.others(
        than: connection.facts.target, of: servers(), seenIn: station.settings.stateFolder)
      let result: Result<[Finding], OperationFailure>
      do throws(OperationFailure) {
        result = .success(try await Review(connection, others: others, allowed: []).run())
      } catch { result = .failure(error) }
      await connection.close()
      guard !Task.isCancelled else { return }
      for finding in try result.get() { tell(.finding(number: number, finding)) }
      tell(.ended(number: number, nil))
    } catch {
      if !Task.isCancelled { tell(.failed(number: number, error.sentence)) }
    }
  }
}

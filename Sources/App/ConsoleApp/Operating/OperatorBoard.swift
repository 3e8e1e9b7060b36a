import Audit
import EventLoop
import Operations

/// Carries out what the operator's views want, and tells what came of it as actions.
@LoopActor
final class OperatorBoard {
  private let desk: (any OperatorDesk)?
  private let send: (OperatorNews) -> Void
  private var log: (any LogReading)?

  init(desk: (any OperatorDesk)?, send: @escaping (OperatorNews) -> Void) {
    self.desk = desk
    self.send = send
  }

  func carryOut(_ effect: OperatorEffect) {
    switch effect {
    case .openLog(let source, let profile, let number): open(source, profile, number)
    case .closeLog: closeLog()
    case .office(let wish): meet(wish)
    case .auth(let wish):
      desk?.carryOut(wish) { [weak self] in self?.send(.auth($0)) }
    case .diagnosis(let wish):
      desk?.carryOut(wish) { [weak self] in self?.send(.diagnosis($0)) }
    }
  }

  func close() {
    closeLog()
    desk?.close()
  }

  private func meet(_ wish: OfficeWish) {
    Task { @LoopActor [weak self, desk] in
      do throws(OfficeRefusal) {
        if let news = try await desk?.meet(wish) { self?.send(.office(news)) }
      } catch { self?.send(.refused(wish, error)) }
    }
  }

  private func closeLog() {
    log?.stop()
    log = nil
  }

  private func open(_ source: LogSource, _ profile: String?, _ number: Int) {
    closeLog()
    log = desk?.openLog(source, profile: profile.flatMap(LogProfile.named)) { [weak self] news in
      self?.send(.log(number: number, news))
    }
  }
}

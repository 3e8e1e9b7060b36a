import EventLoop
import Operations
import Settings

/// Carries out what concerns signing in: one at a time, and what comes of it as news.
@LoopActor
final class AuthBoard {
  private let station: Station
  private let prepare: (ServerDefinition) throws(OperationFailure) -> ServerDefinition
  private var running: Task<Void, Never>?
  private var typed: CheckedContinuation<String?, Never>?

  init(
    _ station: Station,
    prepare: @escaping (ServerDefinition) throws(OperationFailure) -> ServerDefinition
  ) {
    self.station = station
    self.prepare = prepare
  }

  func carryOut(_ wish: AuthWish, tell: @escaping @LoopActor (AuthNews) -> Void) {
    switch wish {
    case .list: list(tell)
    case .paste(let text): take(text)
    case .cancel: cancel()
    case .signIn(let key, let definition, let scopes): signIn(key, definition, scopes, tell)
    case .refresh(let key, let definition):
      run(key, tell) { [station, prepare] step async throws(OperationFailure) in
        _ = try await station.renewSignIn(to: try prepare(definition), step: step)
        return "the token was renewed"
      }
    case .revoke(let key, let definition):
      run(key, tell) { [station, prepare] step async throws(OperationFailure) in
        try await station.revokeSignIn(to: try prepare(definition), step: step)
          ? "the tokens are void and forgotten"
          : "the authorization server offers no way to revoke tokens; they can be forgotten here alone"
      }
    case .forget(let key, let definition):
      run(key, tell) { [station, prepare] _ async throws(OperationFailure) in
        _ = try await station.forgetSignIn(to: try prepare(definition), andClient: false)
        return "forgotten; the authorization server was not told"
      }
    case .scopes(let key, let definition): scopes(key, definition, tell)
    }
  }

  func close() { cancel() }

  private func list(_ tell: @escaping @LoopActor (AuthNews) -> Void) {
    Task { @LoopActor [station] in
      do throws(OperationFailure) { tell(.list(try await station.signIns())) } catch {
        tell(.listFailed(error.sentence))
      }
    }
  }

  private func signIn(
    _ key: String, _ definition: ServerDefinition, _ scopes: String?,
    _ tell: @escaping @LoopActor (AuthNews) -> Void
  ) {
    var order = SignInOrder()
    order.scopes = scopes
    order.agreesByItself = station.settings.isDemo
    let wish = order
    run(key, tell) { [station, prepare] step async throws(OperationFailure) in
      let scene = SignInScene(
        show: { page in
          tell(.page(key, page))
          guard station.hasBrowser else { return }
          // The page is shown all the same: where no browser comes up it can be opened by hand.
          do throws(OperationFailure) { try station.open(WebPage(page.address)) } catch { return }
        },
        typed: { [weak self] in await self?.nextTyped() }, step: { step($0) })
      let facts = try await station.signIn(to: try prepare(definition), wish, scene)
      return "signed in at \(facts.issuer)"
    }
  }

  private func scopes(
    _ key: String, _ definition: ServerDefinition, _ tell: @escaping @LoopActor (AuthNews) -> Void
  ) {
    Task { @LoopActor [station, prepare] in
      do throws(OperationFailure) {
        tell(.scopes(key, try await station.scopeMatrix(for: try prepare(definition))))
      } catch { tell(.scopesFailed(key, error)) }
    }
  }

  private func run(
    _ key: String, _ tell: @escaping @LoopActor (AuthNews) -> Void,
    _ work:
      @escaping @LoopActor (
        @escaping @LoopActor @Sendable (SignInStep) -> Void
      ) async throws(OperationFailure) -> String
  ) {
    cancel()
    running = Task { @LoopActor in
      do throws(OperationFailure) {
        let sentence = try await work { tell(.step(key, $0)) }
        tell(.done(key, sentence))
      } catch { tell(.failed(key, error)) }
    }
  }

  private func cancel() {
    running?.cancel()
    running = nil
    take(nil)
  }

  // MARK: - What is pasted

  private func nextTyped() async -> String? {
    take(nil)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { typed = $0 }
    } onCancel: {
      Task { @LoopActor in self.take(nil) }
    }
  }

  private func take(_ text: String?) {
    typed?.resume(returning: text)
    typed = nil
  }
}

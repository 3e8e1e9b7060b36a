package import Testing

/// Lets only a few of the tests that hold it run at once. A test that talks to sockets, processes or a terminal waits
/// for real answers: with a thousand of them started together every answer is late, and limits on time mean nothing.
package struct TurnTrait: TestTrait, SuiteTrait, TestScoping {
  package let isRecursive = true

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Turns.shared.take()
    do { try await function() } catch {
      await Turns.shared.leave()
      throw error
    }
    await Turns.shared.leave()
  }
}

extension Trait where Self == TurnTrait {
  /// Takes a turn before it runs.
  package static var inTurns: Self { Self() }
}

/// The tests that run, and those that wait for them, in the order they came.
private actor Turns {
  static let shared = Turns()
  private var free = 4
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

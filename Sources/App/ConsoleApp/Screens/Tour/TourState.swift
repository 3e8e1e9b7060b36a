/// How far a guided tour is.
struct TourState: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    /// The step is announced and waits for a person.
    case told
    /// Its moves are made, so many of them so far.
    case doing(Int)
    /// It is done, and what came of it can be looked at.
    case seen
    case failed(String)
  }

  var index = 0
  var phase = Phase.told

  var step: TourStep? { TourStep.all.indices.contains(index) ? TourStep.all[index] : nil }
}

/// A step of the tour: what will happen, the lines that make it happen, and what is to be seen then.
struct TourStep: Sendable {
  /// A line of the palette, and when it can be run.
  struct Move: Sendable {
    let line: @Sendable (ConsoleState) -> String?
    /// Nothing but a person is waited for.
    var needsRest = true
    var isReady: @Sendable (ConsoleState) -> Bool = { _ in true }

    init(
      _ line: String, needsRest: Bool = true,
      when isReady: @escaping @Sendable (ConsoleState) -> Bool = { _ in true }
    ) {
      self.line = { _ in line }
      self.needsRest = needsRest
      self.isReady = isReady
    }

    /// A line that is made of what is there then; it can be run once there is one.
    init(needsRest: Bool = true, _ line: @escaping @Sendable (ConsoleState) -> String?) {
      self.line = line
      self.needsRest = needsRest
    }
  }

  let title: String
  let before: @Sendable (ConsoleState) -> String
  var moves: [Move] = []
  var isDone: @Sendable (ConsoleState) -> Bool = { _ in true }
  let after: @Sendable (ConsoleState) -> String

  init(
    _ title: String, _ before: @escaping @Sendable (ConsoleState) -> String, moves: [Move] = [],
    isDone: @escaping @Sendable (ConsoleState) -> Bool = { _ in true },
    after: @escaping @Sendable (ConsoleState) -> String = { _ in "" }
  ) {
    self.title = title
    self.before = before
    self.moves = moves
    self.isDone = isDone
    self.after = after
  }
}

extension ConsoleState {
  /// Begins a tour at its first step.
  package mutating func beginTour() { tour = TourState() }

  /// Does the step that was announced, or goes on to the next one.
  mutating func goOnTour() -> [Effect] {
    guard let tour, let step = tour.step else { return [] }
    switch tour.phase {
    case .told where step.moves.isEmpty, .seen: return nextTourStep()
    case .told, .failed:
      overlay = nil
      self.tour?.phase = .doing(0)
      return [.bePatientWithTour]
    case .doing: return say(.info, "it is being done; \(key(of: "tour.skip")) skips it")
    }
  }

  mutating func nextTourStep() -> [Effect] {
    guard let tour else { return [] }
    overlay = nil
    guard tour.index + 1 < TourStep.all.count else { return endTour() }
    self.tour = TourState(index: tour.index + 1)
    return []
  }

  mutating func endTour() -> [Effect] {
    tour = nil
    return say(.info, "the tour has ended; everything goes on working, and :tour begins it again")
  }

  /// Something of the step came about: what is still to come has its own time.
  func goneOnTour() -> [Effect] {
    if case .doing? = tour?.phase { [.bePatientWithTour] } else { [] }
  }

  /// Something that the step needed did not work.
  mutating func failTour(_ sentence: String) {
    guard case .doing? = tour?.phase else { return }
    tour?.phase = .failed(sentence)
  }

  /// Makes the next move of the step where everything before it has settled.
  mutating func continueTour() -> [Effect] {
    guard case .doing(let next)? = tour?.phase, let step = tour?.step else { return [] }
    guard next < step.moves.count else {
      if step.isDone(self) { tour?.phase = .seen }
      return []
    }
    let move = step.moves[next]
    guard !move.needsRest || isSettled, move.isReady(self), let line = move.line(self) else {
      return []
    }
    tour?.phase = .doing(next + 1)
    do throws(ScriptProblem) {
      return try run(line: line) + [.continueScript, .bePatientWithTour]
    } catch {
      failTour(error.sentence)
      return []
    }
  }

  /// Nothing is waited for but a person, and nothing that an operator asked for runs.
  private var isSettled: Bool {
    let isSigningIn = auth.progress.values.contains {
      if case .running = $0.phase { true } else { false }
    }
    return isAtRest && !doctor.run.isRunning && !isSigningIn
  }
}

extension Effect {
  /// How long a move may take before it is said that its step went wrong.
  fileprivate static let bePatientWithTour = Effect.startTimer(.tour, milliseconds: 20_000)
}

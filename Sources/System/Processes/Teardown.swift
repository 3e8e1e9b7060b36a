package import EventLoop

/// How a child and all its descendants are brought to an end: steps, each with its patience.
package struct Teardown: Sendable, Hashable {
  package enum Action: Sendable, Hashable {
    case closeInput
    case signal(Signal)
  }

  package struct Step: Sendable, Hashable {
    package var action: Action
    /// How long the program itself may take.
    package var patience: Duration
    /// How long what it has left behind may take after it.
    package var patienceForOthers: Duration

    package init(_ action: Action, patience: Duration, patienceForOthers: Duration) {
      self.action = action
      self.patience = patience
      self.patienceForOthers = patienceForOthers
    }
  }

  package var steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  /// End of input, then a request, then force.
  package static let standard = Teardown(steps: [
    Step(.closeInput, patience: .seconds(1), patienceForOthers: .milliseconds(100)),
    Step(.signal(.terminate), patience: .seconds(2), patienceForOthers: .seconds(1)),
    Step(.signal(.kill), patience: .seconds(2), patienceForOthers: .seconds(2)),
  ])

  /// For a program that is itself being asked to leave.
  package static let quick = Teardown(steps: [
    Step(.closeInput, patience: .milliseconds(100), patienceForOthers: .zero),
    Step(.signal(.terminate), patience: .milliseconds(300), patienceForOthers: .milliseconds(300)),
    Step(.signal(.kill), patience: .seconds(1), patienceForOthers: .seconds(1)),
  ])
}

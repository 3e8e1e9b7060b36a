import EventLoop
import JSON

/// The states of a project's workflow and the steps between them.
struct WorkStates: Sendable {
  struct State: Sendable, Hashable {
    let name: String
    let category: String
  }

  let all: [State]
  private let steps: [(from: String, to: String)]

  @LoopActor init(of project: Record, _ call: WorldCall) throws(WorldError) {
    let flow = try call.store.record(AlloyProjects.workflow, project.text("workflow_id"))
    self.init(flow?.document("states") ?? [], flow?.document("transitions") ?? [])
  }

  init(_ states: JSON, _ transitions: JSON) {
    all = (states.array ?? []).compactMap { state in
      guard let name = state["name"]?.string else { return nil }
      return State(name: name, category: state["category"]?.string ?? "todo")
    }
    steps = (transitions.array ?? []).compactMap { step in
      guard let from = step["from"]?.string, let to = step["to"]?.string else { return nil }
      return (from, to)
    }
  }

  var first: State { all.first ?? State(name: "Backlog", category: "todo") }
  var names: String { all.map(\.name).joined(separator: ", ") }

  func named(_ name: String) -> State? {
    all.first { $0.name.lowercased() == name.lowercased() }
  }

  func first(in category: String) -> State? { all.first { $0.category == category } }

  func allows(from: String, to: String) -> Bool {
    from == to || steps.isEmpty || steps.contains { $0.from == from && $0.to == to }
  }

  func next(after name: String) -> String {
    let next = steps.filter { $0.from == name }.map(\.to)
    return next.isEmpty ? "none" : next.joined(separator: ", ")
  }
}

import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  package static func listWorkflows(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    return try call.page("workflows", workflow, Filter("org_id", org).ordered("name"))
  }

  package static func getWorkflow(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    return .object(try call.find(workflow, "workflow_id", in: org).json)
  }

  package static func createWorkflow(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("create workflows")
    let org = member.text("org_id")
    let states = call.arguments["states"] ?? []
    let steps = call.arguments["transitions"] ?? []
    try check(states, steps)
    let made = try call.store.insert(
      workflow,
      [
        "org_id": .text(org), "name": .text(try call.arguments.words("name")),
        "description": .optional(call.arguments.text("description")), "states": .json(states),
        "transitions": .json(steps), "is_default": 0, "created_at": call.nowValue,
      ])
    try call.note("workflow.created", made, "created \(made.text("name"))", by: member)
    return .object(made.json)
  }

  /// Work must be able to begin and to end, and steps lead from state to state.
  private static func check(_ states: JSON, _ steps: JSON) throws(WorldError) {
    let work = WorkStates(states, steps)
    guard Set(work.all.map(\.name)).count == work.all.count else {
      throw .invalid("states", "two states have the same name")
    }
    guard work.first(in: "todo") != nil, work.first(in: "done") != nil else {
      throw .invalid("states", "one state of category todo and one of category done are needed")
    }
    for step in steps.array ?? [] {
      for end in ["from", "to"] {
        let name = step[end]?.string ?? ""
        guard work.named(name) != nil else {
          throw .invalid("transitions", "\"\(name.prefix(60))\" is none of the states")
        }
      }
    }
  }

  package static func updateWorkflow(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("change workflows")
    let found = try call.find(workflow, "workflow_id", in: member.text("org_id"))
    let states = call.arguments["states"] ?? found.document("states")
    let steps = call.arguments["transitions"] ?? found.document("transitions")
    try check(states, steps)
    try checkUse(of: found, states, call)
    var changes: [String: SQLValue] = ["states": .json(states), "transitions": .json(steps)]
    if let name = try call.arguments.optionalWords("name") { changes["name"] = .text(name) }
    if call.arguments.has("description") {
      changes["description"] = .optional(call.arguments.text("description"))
    }
    let changed = try call.store.update(found, changes)
    try call.note("workflow.updated", changed, "changed \(changed.text("name"))", by: member)
    return .object(changed.json)
  }

  /// A state with tickets in it stays.
  private static func checkUse(
    of flow: Record, _ states: JSON, _ call: WorldCall
  ) throws(WorldError) {
    let kept = Set(WorkStates(states, []).all.map(\.name))
    let used = try call.store.rows(
      "SELECT DISTINCT status FROM ticket WHERE project_id IN "
        + "(SELECT id FROM project WHERE workflow_id = ?)", [.text(flow.id)])
    if let lost = used.compactMap({ $0[0].text }).first(where: { !kept.contains($0) }) {
      throw .conflict("tickets are in the state \"\(lost)\", which would be gone", "states")
    }
  }
}

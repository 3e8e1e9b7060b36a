import Database
import JSON

/// Who asks, and what of theirs is meant: everything is looked up within one organization and nowhere else.
extension WorldCall {
  /// The member on whose behalf the call runs.
  func alloyMember() throws(WorldError) -> Record {
    let all = Filter().equal("org_id", visitor.workspace)
    if let person = visitor.person {
      let found = try store.first(
        AlloyProjects.member, all.and("(id = ? OR email = ?)", .text(person), .text(person)))
      guard let found else {
        throw WorldError(.unauthorized, "there is no member \"\(person)\" in this organization")
      }
      return found
    }
    guard let first = try store.first(AlloyProjects.member, all) else {
      throw WorldError(.unauthorized, "this organization has no members")
    }
    return first
  }

  /// The same, where the role allows changes.
  func alloyEditor(_ what: String) throws(WorldError) -> Record {
    try alloyMember(in: ["owner", "admin", "member"], what)
  }

  func alloyAdmin(_ what: String) throws(WorldError) -> Record {
    try alloyMember(in: ["owner", "admin"], what)
  }

  private func alloyMember(in roles: [String], _ what: String) throws(WorldError) -> Record {
    let member = try alloyMember()
    guard roles.contains(member.text("role")) else {
      throw .forbidden("the role \(member.text("role")) may not \(what)")
    }
    return member
  }

  // MARK: - Looking up

  /// What the argument names by id; nil where it names nothing of this organization.
  func find(
    _ entity: Entity, _ argument: String, in org: String
  ) throws(WorldError) -> Record {
    let id = try arguments.required(argument)
    return try find(entity, id, argument, in: org)
  }

  func find(
    _ entity: Entity, _ id: String, _ argument: String, in org: String
  ) throws(WorldError) -> Record {
    guard let found = try store.first(entity, Filter("id", id).equal("org_id", org)) else {
      throw .notFound(entity.noun, id, argument)
    }
    return found
  }

  /// By id or by key.
  func project(_ argument: String = "project_id", in org: String) throws(WorldError) -> Record {
    let word = try arguments.required(argument)
    let found = try store.first(
      AlloyProjects.project,
      Filter("org_id", org).and("(id = ? OR key = ?)", .text(word), .text(word.uppercased())))
    guard let found, reaches(found.id) else { throw .notFound("project", word, argument) }
    return found
  }

  func ticket(_ argument: String = "ticket_id", in org: String) throws(WorldError) -> Record {
    let word = try arguments.required(argument)
    let byID = try store.first(AlloyProjects.ticket, Filter("id", word).equal("org_id", org))
    let found =
      if let byID { byID } else {
        try store.first(
          AlloyProjects.ticket, Filter("org_id", org).equal("key", word.uppercased()))
      } as Record?
    guard let found, reaches(found.text("project_id")) else {
      throw .notFound("ticket", word, argument)
    }
    return found
  }

  /// By id or address.
  func member(_ argument: String, in org: String) throws(WorldError) -> Record {
    let word = try arguments.required(argument)
    let found = try store.first(
      AlloyProjects.member,
      Filter("org_id", org).and("(id = ? OR email = ?)", .text(word), .text(word)))
    guard let found else { throw .notFound("member", word, argument) }
    return found
  }

  /// Whether the credential is good for that project.
  func reaches(_ project: String) -> Bool {
    visitor.projects.isEmpty || visitor.projects.contains(project)
  }

  /// Only what the credential reaches.
  func reached(_ filter: Filter, _ column: String = "project_id") -> Filter {
    filter.within(column, visitor.projects.sorted())
  }

  // MARK: - What was done

  func note(
    _ action: String, _ record: Record, _ summary: String, by member: Record
  ) throws(WorldError) {
    try store.insert(
      AlloyProjects.event,
      [
        "org_id": .text(member.text("org_id")), "actor_id": .text(member.id),
        "action": .text(action), "target_type": .text(record.entity.name),
        "target_id": .text(record.id), "summary": .text(summary), "at": nowValue,
      ])
  }
}

import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  package static func addComment(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("comment")
    let found = try call.ticket(in: member.text("org_id"))
    let made = try call.store.insert(
      comment,
      [
        "org_id": .text(member.text("org_id")), "ticket_id": .text(found.id),
        "author_id": .text(member.id), "body": .text(try call.arguments.words("body")),
        "created_at": call.nowValue, "updated_at": call.nowValue,
      ])
    try call.note("comment.added", made, "commented on \(found.text("key"))", by: member)
    call.world.onChange?(.record("ticket", id: found.id))
    return .object(made.json)
  }

  package static func listComments(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.ticket(in: call.alloyMember().text("org_id"))
    return try call.page(
      "comments", comment, Filter("ticket_id", found.id).ordered("created_at, rowid"))
  }

  package static func updateComment(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("comment")
    let found = try own(call, member, "change")
    let changed = try call.store.update(
      found, ["body": .text(try call.arguments.words("body")), "updated_at": call.nowValue])
    return .object(changed.json)
  }

  package static func deleteComment(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("comment")
    let found = try own(call, member, "delete")
    try call.store.remove(comment, Filter("id", found.id))
    try call.note("comment.deleted", found, "deleted a comment", by: member)
    return ["deleted": true, "id": .string(found.id)]
  }

  /// One's own comment, or anybody's for those who run the organization.
  private static func own(
    _ call: WorldCall, _ member: Record, _ what: String
  ) throws(WorldError) -> Record {
    let found = try call.find(comment, "comment_id", in: member.text("org_id"))
    let runs = ["owner", "admin"].contains(member.text("role"))
    guard runs || found.text("author_id") == member.id else {
      throw .forbidden("only its author and admins may \(what) a comment")
    }
    return found
  }
}

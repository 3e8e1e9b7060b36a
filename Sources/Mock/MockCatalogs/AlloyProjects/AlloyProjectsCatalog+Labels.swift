import JSON
import JSONSchema
import MockBackend

extension AlloyProjectsCatalog {
  private static let labelID = SchemaMember.id(
    "label_id", .required, "The label's id or name", like: "bug")
  private static let plainLabelID = SchemaMember.id(
    "label_id", .required, "The label's id", like: "770e8400-e29b-41d4-a716-446655440000")
  private static let tag = SchemaMember.id("tag", .required, "The tag's id or name", like: "q3")
  private static let colour = SchemaMember.member(
    "color", .optional, "Colour as #rrggbb",
    Schema.string(pattern: "^#[0-9a-fA-F]{6}$").exemplified(by: ["#d73a4a"]))

  static let labelTools: [ToolRow] = [
    ToolRow(
      "create_label", "Create label", .creates, "POST /labels",
      "Makes a label, for one project or for all.",
      [
        .words("name", .required, "Name", upTo: 60, like: "accessibility"), colour,
        .prose("description", "When to use it", upTo: 500, like: "Keyboard and screen readers"),
        .project(.optional),
      ], returns: .record(AlloyProjects.label), AlloyProjects.createLabel),
    ToolRow(
      "list_labels", "List labels", .reads, "GET /labels",
      "Lists labels; of a project, those for all are among them.",
      [.project(.optional), .limit, .offset], returns: .page("labels", of: AlloyProjects.label),
      AlloyProjects.listLabels),
    ToolRow(
      "update_label", "Update label", .changes, "PATCH /labels/{label_id}",
      "Changes a label wherever it is used.",
      [
        plainLabelID, .words("name", .optional, "New name", upTo: 60, like: "a11y"), colour,
        .prose("description", "When to use it", upTo: 500, like: "Keyboard and screen readers"),
      ], returns: .record(AlloyProjects.label), AlloyProjects.updateLabel),
    ToolRow(
      "delete_label", "Delete label", .deletes, "DELETE /labels/{label_id}",
      "Deletes a label and takes it off all tickets.", [plainLabelID],
      returns: .object([
        .boolean("deleted", .required, "Always true"), .string("id", .required, "Its id"),
        .integer("removed_from", .required, "Tickets it was on"),
      ]), AlloyProjects.deleteLabel),
    ToolRow(
      "add_ticket_label", "Add ticket label", .changes, "POST /tickets/{ticket_id}/labels",
      "Puts a label on a ticket.", [.ticket(), labelID], returns: .ticket,
      AlloyProjects.addTicketLabel),
    ToolRow(
      "remove_ticket_label", "Remove ticket label", .changes,
      "DELETE /tickets/{ticket_id}/labels/{label_id}", "Takes a label off a ticket.",
      [.ticket(), labelID], returns: .ticket, AlloyProjects.removeTicketLabel),
    ToolRow(
      "list_tags", "List tags", .reads, "GET /tags", "Lists tags with how often they are used.",
      [.limit, .offset],
      returns: .page(
        "tags",
        of: .record(
          AlloyProjects.tag, adding: [.integer("uses", .required, "Tickets that have it")])),
      AlloyProjects.listTags),
    ToolRow(
      "create_tag", "Create tag", .creates, "POST /tags", "Makes a tag.",
      [.words("name", .required, "Name", upTo: 60, like: "launch")],
      returns: .record(AlloyProjects.tag), AlloyProjects.createTag),
    ToolRow(
      "tag_ticket", "Tag ticket", .changes, "POST /tickets/{ticket_id}/tags",
      "Puts a tag on a ticket.", [.ticket(), tag], returns: .ticket, AlloyProjects.tagTicket),
    ToolRow(
      "untag_ticket", "Untag ticket", .changes, "DELETE /tickets/{ticket_id}/tags/{tag}",
      "Takes a tag off a ticket.", [.ticket(), tag], returns: .ticket, AlloyProjects.untagTicket),
  ]
}

import JSON
import JSONSchema
import MockBackend

extension AlloyProjectsCatalog {
  static let ticketTools: [ToolRow] = [
    ToolRow(
      "create_ticket", "Create ticket", .creates, "POST /tickets",
      "Creates a ticket in a project. It starts in the first state of the project's workflow.",
      [
        .project(),
        .words("title", .required, "What is to be done", like: "Speed up the checkout page"),
        .ticketType("task"), .priority("medium"),
        .list(
          "labels", .optional, "Labels by name or id", of: .string(maxLength: 60), maxItems: 20,
          unique: true),
      ] + SchemaMember.ticketDetails, returns: .ticket, AlloyProjects.createTicket),
    ToolRow(
      "get_ticket", "Get ticket", .reads, "GET /tickets/{ticket_id}",
      "Shows one ticket with its labels and tags.", [.ticket()], returns: .ticket,
      AlloyProjects.getTicket),
    ToolRow(
      "update_ticket", "Update ticket", .changes, "PATCH /tickets/{ticket_id}",
      "Changes fields of a ticket; what is not given stays. Use transition_ticket for its state.",
      [
        .ticket(), .words("title", .optional, "New title", like: "Speed up the checkout page"),
        .ticketType(), .priority(),
      ] + SchemaMember.ticketDetails, returns: .ticket, AlloyProjects.updateTicket),
    ToolRow(
      "delete_ticket", "Delete ticket", .deletes, "DELETE /tickets/{ticket_id}",
      "Deletes a ticket with its comments, links and logged time. Asks first where it can.",
      [.ticket()],
      returns: .object([
        .boolean("deleted", .required, "Always true"), .string("id", .required, "Its id"),
        .string("key", .required, "Its key"),
      ]), AlloyProjects.deleteTicket
    ).talking(confirmDelete),
    ToolRow(
      "search_tickets", "Search tickets", .reads, "GET /search/tickets",
      "Finds tickets by words of title and description, the newest first.",
      [
        .words("query", .required, "Words, each as the beginning of a word", like: "checkout"),
        .project(.optional),
        .choice("category", .optional, "State of work", of: AlloyProjects.categories),
        .ticketType(), .priority(), .limit, .offset,
      ], returns: .page("tickets", of: .ticket), AlloyProjects.searchTickets),
    ToolRow(
      "list_tickets", "List tickets", .reads, "GET /tickets",
      "Lists tickets by project, sprint, assignee, state, label or due date, the latest change first.",
      [
        .project(.optional), .sprint(.optional),
        .person("assignee_id", .optional, "Who works on it, or none"),
        .words("status", .optional, "State of the workflow", upTo: 60, like: "In progress"),
        .choice("category", .optional, "State of work", of: AlloyProjects.categories),
        .ticketType(),
        .priority(), .words("label", .optional, "Label by name", upTo: 60, like: "bug"),
        .day("due_before", .optional, "Due on that day or before", like: "2026-07-28"), .limit,
        .offset,
      ], returns: .page("tickets", of: .ticket), AlloyProjects.listTickets),
    ToolRow(
      "assign_ticket", "Assign ticket", .changes, "PUT /tickets/{ticket_id}/assignee",
      "Gives a ticket to a member.",
      [.ticket(), .person("assignee_id", .required, "Who works on it")],
      returns: .ticket, AlloyProjects.assignTicket),
    ToolRow(
      "unassign_ticket", "Unassign ticket", .changes, "DELETE /tickets/{ticket_id}/assignee",
      "Takes a ticket from its assignee.", [.ticket()], returns: .ticket,
      AlloyProjects.unassignTicket),
    ToolRow(
      "transition_ticket", "Transition ticket", .changes, "POST /tickets/{ticket_id}/transitions",
      "Takes a ticket to another state, as its project's workflow allows.",
      [.ticket(), .words("status", .required, "The state's name", upTo: 60, like: "In progress")],
      returns: .ticket, AlloyProjects.transitionTicket),
    ToolRow(
      "move_ticket", "Move ticket", .changes, "POST /tickets/{ticket_id}/move",
      "Moves a ticket to another project, where it gets a new key and leaves its sprint.",
      [.ticket(), .project()], returns: .ticket, AlloyProjects.moveTicket),
    ToolRow(
      "link_tickets", "Link tickets", .creates, "POST /links",
      "Says what one ticket is to another.",
      [
        .ticket("source_id"), .ticket("target_id"),
        .choice(
          "kind", .optional, "What the first is to the second", of: AlloyProjects.linkKinds,
          default: "relates_to"),
      ], returns: .ticketLink, AlloyProjects.linkTickets),
    ToolRow(
      "unlink_tickets", "Unlink tickets", .deletes, "DELETE /links/{link_id}", "Removes a link.",
      [.id("link_id", .required, "The link's id", like: "770e8400-e29b-41d4-a716-446655440000")],
      returns: .deletion, AlloyProjects.unlinkTickets),
    ToolRow(
      "list_ticket_links", "List ticket links", .reads, "GET /tickets/{ticket_id}/links",
      "Lists the links from and to a ticket.", [.ticket(), .limit, .offset],
      returns: .page("links", of: .ticketLink), AlloyProjects.listTicketLinks),
    ToolRow(
      "get_ticket_history", "Get ticket history", .reads, "GET /tickets/{ticket_id}/history",
      "Lists what changed in a ticket, the oldest change first.", [.ticket(), .limit, .offset],
      returns: .page("changes", of: AlloyProjects.history), AlloyProjects.getTicketHistory),
  ]

  private static let commentBody = SchemaMember.words(
    "body", .required, "Text in Markdown", upTo: 20_000, like: "I can reproduce this on staging.")
  private static let commentID = SchemaMember.id(
    "comment_id", .required, "The comment's id", like: "770e8400-e29b-41d4-a716-446655440000")

  static let commentTools: [ToolRow] = [
    ToolRow(
      "add_comment", "Add comment", .creates, "POST /tickets/{ticket_id}/comments",
      "Writes a comment on a ticket.", [.ticket(), commentBody],
      returns: .record(AlloyProjects.comment), AlloyProjects.addComment),
    ToolRow(
      "list_comments", "List comments", .reads, "GET /tickets/{ticket_id}/comments",
      "Lists a ticket's comments, the oldest first.", [.ticket(), .limit, .offset],
      returns: .page("comments", of: AlloyProjects.comment), AlloyProjects.listComments),
    ToolRow(
      "update_comment", "Update comment", .changes, "PATCH /comments/{comment_id}",
      "Writes a comment anew; one's own, or any for admins.", [commentID, commentBody],
      returns: .record(AlloyProjects.comment), AlloyProjects.updateComment),
    ToolRow(
      "delete_comment", "Delete comment", .deletes, "DELETE /comments/{comment_id}",
      "Deletes a comment; one's own, or any for admins.", [commentID], returns: .deletion,
      AlloyProjects.deleteComment),
  ]
}

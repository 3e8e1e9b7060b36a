import JSON

extension AlloyProjectsCatalog {
  private static let project = ArgumentRow.needed("project", "Project by key", projectKeys)
  private static let sprint = ArgumentRow.needed("sprint", "Sprint by id", sprintIDs)
  private static let ticket = ArgumentRow.needed("ticket", "Ticket by key", ticketKeys)
  private static let team = ArgumentRow.needed("team", "Team by id", teamIDs)
  private static let maybeProject = ArgumentRow.optional(
    "project", "Project by key; all without it", projectKeys)

  static let prompts: [PromptRow] = planningPrompts + ticketPrompts + reportPrompts

  private static let planningPrompts: [PromptRow] = [
    PromptRow(
      "triage_backlog", "Triage the backlog",
      "Proposes priority, type and labels for open tickets.",
      [project],
      data: [
        .init(
          "Open tickets", "list_tickets",
          ["project_id": "{project}", "category": "todo", "limit": 50]),
        .init("Labels", "list_labels", ["project_id": "{project}"]),
      ],
      "Triage the backlog of {project}. For each ticket propose a priority, a type and labels, name duplicates, and say what to ask its reporter. Change nothing before I agree."
    ),
    PromptRow(
      "plan_sprint", "Plan a sprint", "Proposes what goes into a sprint.",
      [
        project, .optional("sprint", "Sprint by id", sprintIDs),
        .optional(
          "points", "Story points there is room for", .fixed(["20", "25", "30", "35", "40"])),
      ],
      data: [
        .init("Sprint", "get_sprint", ["sprint_id": "{sprint!}"]),
        .init(
          "Backlog", "list_tickets",
          ["project_id": "{project}", "category": "todo", "limit": 50]),
        .init(
          "Earlier sprints", "list_sprints", ["project_id": "{project}", "status": "completed"]),
      ],
      "Plan the next sprint of {project} with room for {points|30} story points. Go by the pace of earlier sprints, say what you leave out and why."
    ),
    PromptRow(
      "sprint_review", "Review a sprint", "Sums up what a sprint reached.", [sprint],
      data: [
        .init("Sprint", "get_sprint", ["sprint_id": "{sprint}"]),
        .init("Tickets", "list_tickets", ["sprint_id": "{sprint}", "limit": 50]),
        .init("Burndown", "get_sprint_burndown", ["sprint_id": "{sprint}"]),
      ],
      "Sum up this sprint for people who were not in it: was the goal reached, what is done, what is not, what changed on the way."
    ),
    PromptRow(
      "sprint_retro", "Look back at a sprint", "Prepares a retrospective from what happened.",
      [
        sprint,
        .optional(
          "format", "Form of the meeting",
          .fixed(["start-stop-continue", "4Ls", "mad-sad-glad", "sailboat"])),
      ],
      data: [
        .init("Sprint", "get_sprint", ["sprint_id": "{sprint}"]),
        .init("Tickets", "list_tickets", ["sprint_id": "{sprint}", "limit": 50]),
      ],
      "Prepare a retrospective in the form {format|start-stop-continue}: three observations with the tickets that show them, and two questions."
    ),
    PromptRow(
      "daily_standup", "Daily stand-up", "Says what somebody did, does next and waits for.",
      [.optional("user", "Address; oneself without it", people)],
      data: [
        .init("Who asks", "ping"),
        .init(
          "In progress", "list_tickets",
          ["assignee_id": "{user!}", "category": "in_progress"]),
        .init("Logged time", "list_time_entries", ["user_id": "{user!}", "limit": 10]),
      ],
      "Write a stand-up of three lines for {user|me}: done since yesterday, next, blocked."),
  ]

  private static let ticketPrompts: [PromptRow] = [
    PromptRow(
      "write_ticket", "Write a ticket", "Makes a ticket from an idea.",
      [
        project, .needed("idea", "What is wanted, in your words"),
        .optional("type", "Kind of work", .fixed(["bug", "story", "task", "epic", "spike"])),
      ],
      data: [
        .init("Labels", "list_labels", ["project_id": "{project}"]),
        .init("Looks alike", "search_tickets", ["query": "{idea}", "limit": 5]),
      ],
      "Write a {type|story} for {project} from this idea: {idea}\n\nTitle, description, acceptance criteria. Show it to me before you create it with create_ticket."
    ),
    PromptRow(
      "refine_ticket", "Refine a ticket", "Finds what is missing in a ticket.", [ticket],
      data: [
        .init("Ticket", "get_ticket", ["ticket_id": "{ticket}"]),
        .init("Comments", "list_comments", ["ticket_id": "{ticket}"]),
        .init("Links", "list_ticket_links", ["ticket_id": "{ticket}"]),
      ],
      "Refine {ticket}: rewrite its description so that somebody new could start today, list acceptance criteria and open questions."
    ),
    PromptRow(
      "estimate_ticket", "Estimate a ticket", "Compares a ticket with finished ones.",
      [ticket, project],
      data: [
        .init("Ticket", "get_ticket", ["ticket_id": "{ticket}"]),
        .init(
          "Finished tickets", "list_tickets",
          ["project_id": "{project}", "category": "done", "limit": 20]),
      ],
      "Estimate {ticket} in story points. Name two finished tickets it compares with, and what could double the effort."
    ),
    PromptRow(
      "bug_report", "Report a bug", "Makes a complete bug report from a few words.",
      [
        project, .needed("what", "What went wrong"),
        .optional(
          "severity", "How bad it is", .fixed(["critical", "high", "medium", "low"])),
      ],
      data: [
        .init(
          "Known bugs", "list_tickets", ["project_id": "{project}", "type": "bug", "limit": 10])
      ],
      "Write a bug report for {project}, severity {severity|medium}: {what}\n\nSteps, expected, actual, where it happens. Say so if one of the known bugs is the same."
    ),
    PromptRow(
      "release_notes", "Write release notes", "Makes notes from what was done.",
      [
        project,
        .optional("audience", "Who reads them", .fixed(["customers", "developers", "support"])),
      ],
      data: [
        .init("Done", "list_tickets", ["project_id": "{project}", "category": "done", "limit": 40])
      ],
      "Write release notes of {project} for {audience|customers}: new, changed, fixed. No ticket keys in the text, a list of them at the end."
    ),
  ]

  private static let reportPrompts: [PromptRow] = [
    PromptRow(
      "time_report", "Report time", "Sums up logged time.",
      [
        maybeProject, .optional("from", "First day, YYYY-MM-DD"),
        .optional("to", "Last day, YYYY-MM-DD"),
      ],
      data: [
        .init(
          "Time", "list_time_entries",
          ["project_id": "{project}", "from": "{from}", "to": "{to}", "limit": 100])
      ],
      "Report the time logged on {project|all projects}: by person, by ticket, and what stands out."
    ),
    PromptRow(
      "budget_review", "Review a budget", "Says whether the money lasts.", [project],
      data: [
        .init("Budget", "get_project_budget", ["project_id": "{project}"]),
        .init("Costs", "get_cost_report", ["project_id": "{project}", "group_by": "month"]),
        .init("State", "get_project_stats", ["project_id": "{project}"]),
      ],
      "Review the budget of {project}: spent, left, and until when it lasts at this pace."),
    PromptRow(
      "team_workload", "Look at a team's load", "Finds who has too much and who has room.", [team],
      data: [.init("Load", "get_team_workload", ["team_id": "{team}"])],
      "Look at the load of this team. Who has too much, who has room, which tickets could move?"),
    PromptRow(
      "project_status", "Report on a project", "Writes a status report.",
      [
        project,
        .optional("length", "How long it is to be", .fixed(["one line", "short", "detailed"])),
      ],
      data: [
        .init("Project", "get_project", ["project_id": "{project}"]),
        .init("Numbers", "get_project_stats", ["project_id": "{project}"]),
        .init("Sprints", "list_sprints", ["project_id": "{project}", "status": "active"]),
      ],
      "Write a {length|short} status report of {project}: on track or not, risks, next step."),
    PromptRow(
      "onboard_member", "Welcome a member", "Prepares the first week of somebody new.",
      [.needed("user", "Who is new, by address", people), project],
      data: [
        .init("Project", "get_project", ["project_id": "{project}"]),
        .init(
          "Small open tickets", "list_tickets",
          ["project_id": "{project}", "category": "todo", "priority": "low", "limit": 10]),
        .init("Teams", "list_teams"),
      ],
      "Prepare the first week of {user} in {project}: whom to meet, what to read, and three small tickets to begin with."
    ),
  ]
}

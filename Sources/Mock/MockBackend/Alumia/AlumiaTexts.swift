/// What the demo's agents work on.
enum AlumiaTexts {
  static let agents = [
    ("Scout", "Finds and reads sources"), ("Ledger", "Reconciles invoices"),
    ("Quill", "Writes and edits"), ("Compass", "Plans projects"), ("Sentry", "Watches dashboards"),
    ("Archivist", "Files and tags documents"), ("Courier", "Answers support mail"),
    ("Lens", "Reads charts and images"), ("Forge", "Writes and tests code"),
    ("Polyglot", "Translates"), ("Auditor", "Checks numbers twice"), ("Herald", "Writes releases"),
  ]
  static let projects = [
    ("Market report", "Quarterly report on storage prices"),
    ("Support inbox", "First answers within an hour"), ("Data cleanup", "One customer, one record"),
    ("Handbook", "How we work, written down"), ("Pricing study", "What customers would pay"),
    ("Onboarding", "The first week of new people"), ("Website copy", "Texts of the new site"),
    ("Trade fair", "Closed: the fair of last spring"), ("Lab notebook", "Experiments and results"),
  ]
  static let files = [
    ("README.md", "text/markdown"), ("data/2026-q2.csv", "text/csv"),
    ("notes/interviews.md", "text/markdown"), ("figures/prices.png", "image/png"),
    ("src/report.py", "text/x-python"),
  ]
  static let titles = [
    "Summarise interviews of last week", "Compare three suppliers", "Draft the board letter",
    "Clean duplicate addresses", "Explain the drop in March", "Translate the handbook to Spanish",
    "Answer open tickets", "Plan the migration", "Find sources on solid-state storage",
    "Check the invoice run", "Write release notes", "Chart usage by region",
  ]
  static let memories = [
    "Reports begin with a summary of three sentences.", "The board meets on the first Tuesday.",
    "Prices are shown in US dollars without cents.", "Acme prefers to be called Acme Group.",
    "Never contact customers on Sundays.", "The warehouse counts stock at six in the morning.",
    "Use the short form of dates in tables.", "Support answers in the customer's language.",
    "We decided against the second supplier because of delivery times.",
    "The style guide forbids exclamation marks.", "Invoices above 10,000 need two signatures.",
    "The fiscal year begins in February.",
  ]
  static let connectors: [(String, String, String, [String])] = [
    (
      "GitHub", "code", "Repositories, issues and pull requests",
      ["read_issues", "open_pull_request"]
    ),
    ("GitLab", "code", "Repositories and merge requests", ["read_issues"]),
    ("Slack", "chat", "Channels and messages", ["read_channel", "post_message"]),
    ("Gmail", "mail", "Mail and labels", ["search_mail", "draft_reply"]),
    ("Outlook", "mail", "Mail and calendars", ["search_mail"]),
    ("Notion", "documents", "Pages and databases", ["read_page", "append_block"]),
    ("Drive", "documents", "Files and folders", ["read_file", "list_folder"]),
    ("Linear", "planning", "Issues and cycles", ["read_issues", "create_issue"]),
    ("Stripe", "finance", "Payments and invoices", ["read_invoice"]),
    ("HubSpot", "sales", "Contacts and deals", ["read_contact", "update_deal"]),
    ("Postgres", "data", "Read-only queries", ["query"]),
    ("Snowflake", "data", "Warehouse queries", ["query"]),
  ]
  static let documents = [
    (
      "How refunds work", "Handbook",
      "A refund goes back to the card it came from within five days."
    ),
    ("Style guide", "Handbook", "Short sentences. No exclamation marks. Numbers as digits."),
    ("Incident of 12 March", "Postmortems", "The queue filled because a consumer had stopped."),
    ("Storage prices", "Market report", "Prices of solid-state storage fell by eleven percent."),
    ("Supplier comparison", "Market report", "Three suppliers by price, delivery and warranty."),
    ("Access policy", "Security", "Access ends on the last day of work."),
  ]
  static let schedules = [
    ("Morning digest", "0 7 * * 1-5", "Summarise what happened since yesterday"),
    ("Weekly numbers", "30 8 * * 1", "Update the weekly chart"),
    ("Month end", "0 18 28 * *", "Prepare the invoice run"),
  ]
}

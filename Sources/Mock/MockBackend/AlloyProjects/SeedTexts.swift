import JSON

/// What the demo's projects are about.
enum SeedTexts {
  struct Project: Sendable {
    let key: String
    let name: String
    let summary: String
    let tickets: Int
    var isArchived = false
  }

  static let projects = [
    Project(
      key: "WEB", name: "Website relaunch",
      summary: "A faster website with a shop that works on phones.", tickets: 64),
    Project(
      key: "APP", name: "Mobile app", summary: "Orders and returns on iOS and Android.",
      tickets: 52),
    Project(
      key: "API", name: "Public API", summary: "One documented interface for partners.",
      tickets: 44),
    Project(
      key: "DATA", name: "Data platform", summary: "Events, warehouse and reports.", tickets: 36),
    Project(
      key: "OPS", name: "Operations", summary: "Deployments, alerts and on-call.", tickets: 30),
    Project(
      key: "OLD", name: "Legacy migration", summary: "The move away from the old shop.",
      tickets: 14, isArchived: true),
  ]

  static let foreign = Project(
    key: "HARB", name: "Harbour scheduling", summary: "Berths and tides.", tickets: 6)

  static let teams = [
    ("Storefront", "What customers see"), ("Platform", "What everything runs on"),
    ("Mobile", "Apps for phones"), ("Insights", "Data and reports"),
    ("Reliability", "Keeps it up"),
  ]

  static let labels = [
    ("bug", "#d73a4a", "Something does not work"),
    ("performance", "#fbca04", "Too slow or too large"),
    ("security", "#b60205", "Touches credentials or personal data"),
    ("ux", "#c5def5", "How it looks and feels"), ("docs", "#0075ca", "Documentation"),
    ("tech-debt", "#6e7781", "Makes the next change easier"),
    ("customer", "#0e8a16", "A customer waits for it"),
  ]

  static let tags = ["q3", "regression", "quick-win", "needs-design", "partner", "gdpr"]

  static let goals = [
    "Checkout without an account", "Half the crashes of last month",
    "Partners can create orders", "Reports by seven in the morning", "No manual deployments",
  ]

  static let things = [
    "the checkout page", "password reset", "the order export", "push notifications",
    "the search index", "invoice numbering", "the login form", "image upload", "rate limits",
    "the returns label", "webhook retries", "the dashboard", "cookie consent", "address lookup",
    "the audit log", "currency rounding", "the sitemap", "session expiry",
  ]

  static let verbs = ["Add", "Rework", "Document", "Speed up", "Translate", "Test", "Simplify"]
  static let failures = [
    "Timeout in", "Crash in", "Wrong total in", "Broken layout of", "Duplicate entries from",
  ]

  static let descriptions = [
    "Steps and expected result are in the linked recording. Happens for about two in a hundred customers.",
    "As a customer I want this to work on my phone, so that I need not change to a computer.\n\n- [ ] small screens\n- [ ] keyboard\n- [ ] screen reader",
    "Agreed in planning: smallest useful version first, behind a flag.",
    "The old code does this twice. Keep one place and cover it with a test.",
  ]

  static let comments = [
    "I can reproduce this on staging.", "Moved behind a flag until design has looked at it.",
    "Can we split this? The export alone is a day of work.", "Fixed in the branch, review please.",
    "The customer confirmed it works now.", "Numbers look right after the backfill.",
  ]

  static let work = ["Implementation", "Review", "Debugging", "Pairing", "Tests", "Planning"]

  struct Flow: Sendable {
    let name: String
    let summary: String
    let states: JSON
    let steps: JSON
  }

  static let workflows = [
    Flow(
      name: "Software development", summary: "Backlog to done with a review",
      states: [
        ["name": "Backlog", "category": "todo"], ["name": "To do", "category": "todo"],
        ["name": "In progress", "category": "in_progress"],
        ["name": "In review", "category": "in_progress"], ["name": "Done", "category": "done"],
      ],
      steps: steps([
        ("Backlog", "To do"), ("Backlog", "In progress"), ("To do", "In progress"),
        ("To do", "Backlog"), ("In progress", "In review"), ("In progress", "To do"),
        ("In review", "Done"), ("In review", "In progress"), ("Done", "In progress"),
      ])),
    Flow(
      name: "Kanban", summary: "Three columns, any step",
      states: [
        ["name": "Backlog", "category": "todo"], ["name": "Doing", "category": "in_progress"],
        ["name": "Done", "category": "done"],
      ], steps: []),
  ]

  private static func steps(_ pairs: [(String, String)]) -> JSON {
    .array(pairs.map { ["from": .string($0.0), "to": .string($0.1)] })
  }
}

/// What the demo's app store has on its shelves.
enum LumosTexts {
  struct App: Sendable {
    let name: String
    let category: String
    let summary: String
    let permissions: [(String, String)]
    var isOpen = true
  }

  private static let usual = [
    ("Viewer", "See everything, change nothing"), ("Editor", "Change what one works on"),
    ("Administrator", "Change settings and members"),
  ]

  static let apps = [
    App(
      name: "Tableau", category: "analytics", summary: "Dashboards and sales reports",
      permissions: [
        ("Sales reports viewer", "View sales reports and dashboards"),
        ("Report author", "Build reports and publish them"), ("Site admin", "Manage the site"),
      ]),
    App(
      name: "Looker", category: "analytics", summary: "Explores of the warehouse",
      permissions: [("Explorer", "Ask questions of the data"), ("Developer", "Change the model")]),
    App(
      name: "Salesforce", category: "people", summary: "Customers, deals and sales pipeline",
      permissions: [
        ("Read only", "View accounts and sales"), ("Sales user", "Edit one's own deals"),
        ("System administrator", "Everything"),
      ]),
    App(name: "GitHub", category: "development", summary: "Code and reviews", permissions: usual),
    App(name: "Figma", category: "design", summary: "Screens and prototypes", permissions: usual),
    App(
      name: "Slack", category: "communication", summary: "Channels and calls", permissions: usual),
    App(name: "Zoom", category: "communication", summary: "Meetings", permissions: usual),
    App(
      name: "NetSuite", category: "finance", summary: "Books and budgets",
      permissions: [("Expense submitter", "Submit expenses"), ("Accountant", "Post entries")]),
    App(name: "Workday", category: "people", summary: "Contracts and holidays", permissions: usual),
    App(
      name: "AWS production", category: "development", summary: "Accounts that customers use",
      permissions: [
        ("Read only", "Look at resources"), ("Deploy", "Roll out services"),
        ("Break glass", "Everything, for hours, watched"),
      ]),
    App(name: "1Password", category: "security", summary: "Shared secrets", permissions: usual),
    App(
      name: "Payroll", category: "finance", summary: "Salaries; people of finance only",
      permissions: usual, isOpen: false),
  ]

  static let reasons = [
    "Preparing the all-hands", "New project with the data team", "Covering for a colleague",
    "Audit of last quarter", "Customer visit next week",
  ]
}

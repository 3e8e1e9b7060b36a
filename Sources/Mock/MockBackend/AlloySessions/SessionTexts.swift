/// What people built in the demo's sessions.
enum SessionTexts {
  struct File: Sendable {
    let path: String
    let language: String
    let before: String
    let after: String
  }

  struct Topic: Sendable {
    let title: String
    let talk: [String]
    let files: [File]
  }

  private static func component(_ name: String, _ old: String, _ new: String) -> [File] {
    [
      File(
        path: "src/components/\(name).tsx", language: "tsx",
        before:
          "import { useState } from \"react\";\n\nexport function \(name)() {\n  const [open, setOpen] = useState(false);\n  return (\n    <section>\n      <h2>\(old)</h2>\n    </section>\n  );\n}\n",
        after:
          "import { useState } from \"react\";\n\nexport function \(name)() {\n  const [open, setOpen] = useState(true);\n  return (\n    <section aria-expanded={open}>\n      <h2>\(new)</h2>\n      <button onClick={() => setOpen(!open)}>Toggle</button>\n    </section>\n  );\n}\n"
      ),
      File(
        path: "src/components/\(name).css", language: "css", before: "",
        after: "section {\n  display: grid;\n  gap: 0.75rem;\n}\n"),
      File(
        path: "src/pages/index.tsx", language: "tsx", before: "export default () => <main />;\n",
        after:
          "import { \(name) } from \"../components/\(name)\";\n\nexport default () => (\n  <main>\n    <\(name) />\n  </main>\n);\n"
      ),
    ]
  }

  static let topics = [
    Topic(
      title: "Checkout on one page",
      talk: [
        "Put address, delivery and payment on one page.",
        "I merged the three steps into one form with sections that fold. Payment stays last.",
        "Can the order summary stay visible on phones?",
        "It now sticks to the bottom edge and shows the total; tapping it opens the rows.",
        "Good. Decision: we keep guest checkout as the default.",
        "Noted. The account question moved behind the order.",
      ], files: component("Checkout", "Your order", "Check out")),
    Topic(
      title: "Invoice list with filters",
      talk: [
        "I need to filter invoices by state and month.",
        "Filters are chips above the list; they are kept in the address.",
        "Overdue ones should stand out.", "They have a mark and come first.",
      ], files: component("InvoiceList", "Invoices", "Invoices by month")),
    Topic(
      title: "Onboarding tour",
      talk: [
        "Show new users around in four steps.",
        "Four hints, each closes with Escape and can be taken up again.",
        "Leave out the last one for admins.", "Done: the steps depend on the role.",
      ], files: component("Tour", "Welcome", "Welcome aboard")),
    Topic(
      title: "Settings for notifications",
      talk: [
        "One switch a channel is too coarse.", "There is a table now: events by channels.",
        "Default to mail only.", "Mail is on, the rest is off.",
      ], files: component("Notifications", "Notify me", "Notifications by event")),
    Topic(
      title: "Search with suggestions",
      talk: [
        "Suggest while typing, but not too early.",
        "After two letters and a pause of 200 ms, at most six suggestions.",
        "Keyboard?", "Arrows move, Enter takes, Escape closes.",
      ], files: component("Search", "Search", "Search everything")),
  ]
}

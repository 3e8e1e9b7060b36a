import EventLoop
import JSON
import Operations

extension Check {
  /// Whether the lists come whole, and what they hold is sound.
  static let lists: Check = Check("lists", "Lists") { examination in
    guard let connection = examination.attempt.connection else { return [] }
    let capabilities = connection.facts.capabilities
    let known = examination.attempt.oddities.count
    var found: [Finding] = []
    var told: [String] = []
    for list in CatalogList.allCases {
      let capability = list == .templates ? "resources" : list.rawValue
      guard capabilities[capability]?.object != nil else { continue }
      found += await findings(on: list, connection, examination, &told)
    }
    // What stands in an item is told with its list already.
    found += examination.attempt.oddities.dropFirst(known)
      .filter { oddity in !told.contains(where: oddity.contains) }
      .map { Finding(.note, "oddity", check: "lists", $0) }
    return found.isEmpty
      ? [Finding(.note, "lists-none", check: "lists", "the server declares nothing to list")]
      : found
  }

  @LoopActor
  private static func findings(
    on list: CatalogList, _ connection: Connection, _ examination: Examination,
    _ told: inout [String]
  ) async -> [Finding] {
    let outcome = await Deadline.result(examination.limit, on: examination.station.clock) {
      () async throws(OperationFailure) in try await connection.list(list)
    }
    switch outcome {
    case .success(let report):
      told += report.issues
      guard list == .tools else { return findings(on: report) }
      examination.tools = report.items
      return findings(on: report) + (await hidden(examination))
    case .failure(let failure):
      // Templates are asked for on the word of a capability that says nothing of them.
      let isMild = list == .templates && failure.reason == "rpc-32601"
      return [
        Finding(
          isMild ? .note : .error, "list-failed", check: "lists", failure.sentence,
          evidence: examination.exchangeEvidence,
          fix: examination.remedy(for: failure)
            ?? "the server declares \(list.rawValue) and must be able to list them",
          kind: failure.kind)
      ]
    }
  }

  /// Tools that the server's descriptor names and these credentials do not see.
  @LoopActor
  private static func hidden(_ examination: Examination) async -> [Finding] {
    guard let definition = examination.subject.definition else { return [] }
    let listed = Set(examination.tools.compactMap { $0["name"]?.string })
    let published = await examination.station.publishedTools(of: definition)
    let hidden = published.filter { !listed.contains($0.name) }
    guard listed.isEmpty || !hidden.isEmpty else { return [] }
    let names = hidden.map { tool in
      Finding.Evidence(
        "not listed", ([tool.name] + tool.scopes.map { "(\($0))" }).joined(separator: " "))
    }
    guard !hidden.isEmpty else {
      return [
        Finding(
          .warning, "tools-none", check: "lists", "the server says it has tools and lists none",
          fix:
            "the server may have started without its settings, or rights and flags hide them all: look at its log, restart the client after a change of its file"
        )
      ]
    }
    return [
      Finding(
        .warning, "tools-hidden", check: "lists",
        "\(hidden.count) of the tools that the server publishes are not listed for these credentials",
        evidence: names,
        fix: "scopes, role, product access or feature flags hide them: ask an administrator",
        kind: .unauthorized)
    ]
  }

  private static func findings(on report: ListReport) -> [Finding] {
    let what = report.list.rawValue
    var found = report.issues.prefix(5).map {
      Finding(
        .warning, $0.contains("cursor") ? "list-cursor-loop" : "list-broken-item", check: "lists",
        "\(what): \($0)", fix: "correct the server's list")
    }
    let names = report.items.compactMap { $0["name"]?.string ?? $0["uri"]?.string }
    let double = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    if report.list == .tools, !double.isEmpty {
      found.append(
        Finding(
          .warning, "list-duplicate-name", check: "lists",
          "several tools have the same name: \(double.prefix(5).joined(separator: ", "))",
          fix: "give each tool a name of its own"))
    }
    found += report.rejections.sorted { $0.key < $1.key }.prefix(3).map {
      Finding(
        .warning, "tool-not-callable", check: "lists",
        "\(report.items[$0.key]["name"]?.string ?? "?") cannot be called over HTTP: \($0.value)",
        fix: "correct its x-mcp-header marks")
    }
    let pages = report.pages == 1 ? "one page" : "\(report.pages) pages"
    let count = report.items.count
    let items = "\(count) \(count == 1 ? String(what.dropLast()) : what)"
    return found.isEmpty ? [lists.finding(.ok, "\(items) on \(pages)")] : found
  }
}

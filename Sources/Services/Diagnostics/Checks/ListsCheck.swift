import EventLoop
import JSON
import MCPProtocol
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
    found += silence(of: connection)
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
      told += report.issues + (report.caching == nil ? ["/ttlMs is missing"] : [])
      if list == .resources { examination.resources = report.items }
      let found = findings(on: report, isStateless: connection.facts.era == .stateless)
      guard list == .tools else { return found }
      examination.tools = report.items
      return found + (await hidden(examination))
    case .failure(let failure):
      // Templates are asked for on the word of a capability that says nothing of them.
      let isMild = list == .templates && failure.isMethodMissing
      return [
        isMild
          ? Finding(.note, "list-failed", check: "lists", failure.sentence)
          : examination.finding(
            .error, "list-failed", "lists", of: failure,
            fix: "the server declares \(list.rawValue) and must be able to list them")
      ]
    }
  }

  /// Before 2026-07-28 a notification alone tells that a list has changed.
  @LoopActor
  private static func silence(of connection: Connection) -> [Finding] {
    let capabilities = connection.facts.capabilities
    let silent = CatalogList.allCases.map(\.rawValue).filter {
      capabilities[$0]?.object != nil && capabilities[$0]?["listChanged"] != true
    }
    guard connection.facts.era == .handshake, !silent.isEmpty else { return [] }
    return [
      Finding(
        .note, "lists-change-untold", check: "lists",
        "the server does not promise to tell when its \(silent.joined(separator: ", ")) change",
        fix: "connect anew after a change, or declare listChanged and send the notification")
    ]
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

  private static func findings(on report: ListReport, isStateless: Bool) -> [Finding] {
    let what = report.list.rawValue
    var found = report.issues.prefix(5).map {
      Finding(
        .warning, $0 == report.cutShort ? "list-cursor-loop" : "list-broken-item",
        check: "lists", "\(what): \($0)", fix: "correct the server's list")
    }
    if report.caching == nil, isStateless {
      found.append(
        Finding(
          .warning, "list-without-ttl", check: "lists",
          "\(what) come without a word of how long and for whom they hold",
          evidence: [.init("missing", "ttlMs, cacheScope"), .init("pages", "\(report.pages)")],
          fix: "answer with ttlMs and cacheScope, as 2026-07-28 wants: clients ask anew each time"))
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

import JSON
import MCPProtocol
import Widgets

/// What an earlier run left of its views: filters, orders, cursors.
struct SessionMemory: Sendable, Hashable {
  /// By the view's name and its server's.
  var views: [String: JSON] = [:]
  /// The list that was looked at last, with its server.
  var last: String?
  /// What was folded and unfolded in answers, by server and name of what was called.
  var folds: [String: [String: Bool]] = [:]

  static let mostFolds = 100

  static func key(_ view: String, _ server: String) -> String { "\(view) \(server)" }
}

extension ConsoleState {
  /// Views that are worth finding again as they were.
  private static let remembered: Set<ScreenID> = [
    .servers, .tools, .resources, .prompts, .calls, .wire, .events,
  ]

  /// What the window keeps until it is opened again.
  var kept: JSON {
    var views = session.views
    for (screen, list) in self.views {
      guard Self.remembered.contains(screen.id) else { continue }
      views[SessionMemory.key(screen.id.rawValue, name(of: screen.link))] = Self.json(of: list)
    }
    let root = route.dropFirst().first ?? screen
    let pairs = views.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return [
      "views": .object(JSONObject(pairs)),
      "last": .string(SessionMemory.key(root.id.rawValue, name(of: root.link))),
      "zoomed": .bool(split.isZoomed), "split": .number(JSONNumber(split.shift)),
      "chrome": .string(hasSmallChrome ? "min" : "full"), "notes": notes.json,
      "recent": .array(recentTitles.map(JSON.string)), "presets": .object(presets),
      "folds": .object(
        JSONObject(
          session.folds.sorted { $0.key < $1.key }.map { key, folds in
            let pairs = folds.sorted { $0.key < $1.key }.map { ($0.key, JSON.bool($0.value)) }
            return (key, JSON.object(JSONObject(pairs)))
          })),
    ]
  }

  /// Answers to the same call are folded alike from now on.
  mutating func rememberFolds() {
    guard let record = call(of: screen), let folds = result?.tree.folds else { return }
    let isKnown = session.folds[record.foldKey] != nil
    guard isKnown || session.folds.count < SessionMemory.mostFolds else { return }
    session.folds[record.foldKey] = folds.isEmpty ? nil : folds
  }

  private static func json(of list: ListState) -> JSON {
    var object: JSONObject = [:]
    if !list.filter.isEmpty { object["filter"] = .string(list.filterInForce) }
    object["cursor"] = list.currentKey.map(JSON.string)
    object["sort"] = list.order.map { .string($0.column) }
    if list.order?.isFalling == true { object["falling"] = true }
    if !list.rules.rules.isEmpty { object["rules"] = list.rules.json }
    if list.tab > 0 { object["tab"] = .number(JSONNumber(list.tab)) }
    if !list.earlierFilters.isEmpty {
      object["filters"] = .array(list.earlierFilters.map(JSON.string))
    }
    return .object(object)
  }

  /// Takes what was kept; a file that another release wrote, or a person, gives what it can.
  mutating func restore(_ json: JSON) {
    for member in json["views"]?.object?.members ?? [] { session.views[member.key] = member.value }
    for member in json["folds"]?.object?.members.prefix(SessionMemory.mostFolds) ?? [] {
      session.folds[member.key] = (member.value.object?.members ?? []).reduce(into: [:]) {
        $0[$1.key] = $1.value.bool
      }
    }
    session.last = json["last"]?.string
    notes.restore(json["notes"])
    hasSmallChrome = hasSmallChrome || json["chrome"]?.string == "min"
    split.isZoomed = json["zoomed"]?.bool ?? false
    split.shift = min(max(json["split"]?.number?.int ?? 0, -60), 60)
    recentTitles = json["recent"]?.array?.compactMap(\.string) ?? []
    presets = json["presets"]?.object ?? [:]
    for id in [ScreenID.servers, .calls, .wire, .events] { restoreView(Screen(id)) }
  }

  /// The views of a connection as they were when its server was looked at last.
  mutating func restoreViews(of link: Link.ID) {
    for id in [ScreenID.tools, .resources, .prompts] { restoreView(Screen(id, link: link)) }
  }

  private mutating func restoreView(_ screen: Screen) {
    let key = SessionMemory.key(screen.id.rawValue, name(of: screen.link))
    guard let kept = session.views[key], views[screen]?.revision == nil else { return }
    var list = views[screen] ?? ListState()
    list.filter = TextField(kept["filter"]?.string ?? "")
    list.currentKey = kept["cursor"]?.string
    list.order = kept["sort"]?.string.map {
      ListOrder(column: $0, isFalling: kept["falling"]?.bool ?? false)
    }
    list.tab = min(max(0, kept["tab"]?.number?.int ?? 0), ToolText.tabs.count - 1)
    list.rules = FilterRules(kept["rules"])
    list.earlierFilters = kept["filters"]?.array?.compactMap(\.string) ?? []
    views[screen] = list
  }
}

extension CallRecord {
  /// What its answer's folds are remembered by.
  var foldKey: String { "\(name) \(server)" }
}

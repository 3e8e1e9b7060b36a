import JSON
import Operations

/// What connections tell.
extension Reducer {
  static func take(
    _ news: LinkNews, _ id: Link.ID, _ attempt: Int, _ state: inout ConsoleState
  ) -> [Effect] {
    guard let link = state.links[id], link.attempt == attempt else { return [] }
    switch news {
    case .opened(let facts): return opened(facts, link, &state)
    case .failed(let failure):
      state.links[id]?.phase = .failed(failure)
      state.failTour(failure.sentence)
      return state.say(.error, failure.sentence)
    case .told(let event): return told(event, link, &state)
    case .passed(let news):
      state.wire.take(news, of: id, at: state.time.wall)
      return []
    case .listed(let report, let milliseconds):
      listed(report, milliseconds, id, &state)
      return []
    case .subscribed(let uri, let isOn):
      state.links[id]?.watched[uri] = isOn ? .quiet : nil
      return state.say(.info, isOn ? "watching \(uri)" : "not watching \(uri) any more")
    case .notSubscribed(let uri, let failure):
      return state.say(.warning, "\(uri) cannot be watched: \(failure.sentence)")
    case .weighed(let bytes):
      state.links[id]?.residentBytes = bytes
      return []
    case .notListed(let list, let failure):
      state.links[id]?.lists[list, default: Listed()].phase = .failed(failure.sentence)
      state.links[id]?.lastError = failure.sentence
      return state.say(.error, failure.sentence)
    }
  }

  private static func opened(
    _ facts: ConnectionFacts, _ link: Link, _ state: inout ConsoleState
  ) -> [Effect] {
    state.links[link.id]?.phase = .open
    state.links[link.id]?.facts = facts
    state.restoreViews(of: link.id)
    let loading = state.load(.tools, of: link.id)
    // Whoever still looks at the list of servers asked for this; nobody else is taken away from what they read.
    let isAwaited =
      state.screen.id == .servers && state.currentLink == link.id && !state.isDemo
    if isAwaited, state.overlay == nil, !state.list.isFilterFocused {
      state.open(Screen(.tools, link: link.id))
    }
    return loading + [.weigh(link.id)] + state.say(.info, "connected to \(link.name)")
  }

  private static func listed(
    _ report: ListReport, _ milliseconds: Double, _ id: Link.ID, _ state: inout ConsoleState
  ) {
    var listed = state.links[id]?.lists[report.list] ?? Listed()
    listed.phase = .loaded
    listed.issues = report.issues
    listed.revision += 1
    state.links[id]?.lists[report.list] = listed
    state.links[id]?.drift[report.list] = report.drift
    state.links[id]?.note(latency: milliseconds)
    switch report.list {
    case .tools: state.links[id]?.tools = report.items.map(ToolItem.init)
    case .resources: state.links[id]?.resources = report.items.map(ResourceItem.resource)
    case .templates: state.links[id]?.templates = report.items.map(ResourceItem.template)
    case .prompts: state.links[id]?.prompts = report.items.map(PromptItem.init)
    }
  }

  private static func told(
    _ event: ConnectionEvent, _ link: Link, _ state: inout ConsoleState
  ) -> [Effect] {
    switch event {
    case .closed(let sentence):
      state.links[link.id]?.phase = .closed(sentence)
      return state.say(.error, "\(link.name): \(sentence)")
    case .reopening:
      state.links[link.id]?.phase = .reopening
      return []
    case .stderr(let line):
      let kept = (state.links[link.id]?.stderr ?? []).suffix(Link.stderrKept - 1)
      state.links[link.id]?.stderr = kept + [line]
      state.wire.take(log: line, of: link.id, at: state.time.wall)
      return []
    case .listChanged(let kind):
      state.note(.info, link.name, "its \(kind) have changed")
      return changed(kind, link, &state)
    case .question(let question):
      return state.ask(
        PendingQuestion(
          link: link.id, id: question.id, request: question.request, at: state.time.wall))
    case .questionWithdrawn(let id): return state.withdraw(id, of: link.id)
    case .serverLog(let level, let logger, let data):
      let words = data.string ?? data.compact
      let isBad = ["error", "critical", "alert", "emergency"].contains(level)
      state.note(
        isBad ? .error : level == "warning" ? .warning : .info,
        [link.name, logger].compactMap(\.self).joined(separator: " "), "\(level): \(words)")
      return []
    case .resourceUpdated(let uri): return state.resourceChanged(uri, link)
    case .subscription(let sentence): return state.say(.info, "\(link.name): \(sentence)")
    case .notification(let method, let params):
      state.note(.info, link.name, "\(method) \(params?.compact ?? "")")
      return []
    case .finding(let sentence, let isMinor):
      state.links[link.id]?.lastError = sentence
      if isMinor { state.note(.warning, link.name, sentence) }
      return isMinor ? [] : state.say(.warning, "\(link.name): \(sentence)")
    default: return []
    }
  }

  /// A list that is looked at is loaded again at once, another one when it is opened.
  private static func changed(
    _ kind: String, _ link: Link, _ state: inout ConsoleState
  ) -> [Effect] {
    let lists = CatalogList.allCases.filter {
      $0.rawValue == kind || ($0 == .templates && kind == "resources")
    }
    for list in lists { state.links[link.id]?.lists[list]?.isStale = true }
    let isShown = state.screen.link == link.id && state.screen.id.rawValue == kind
    return isShown ? lists.flatMap { state.loadOnce($0, of: link.id) } : []
  }
}

import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

/// What to say of a list of a server besides its items: that it is loading, why it is empty, that it is out of date.
struct LinkNotice {
  private let link: Link?
  private let listed: Listed?
  private let kind: CatalogList
  private let now: Int64
  private let state: ConsoleState
  private var signs: SignSet { state.signs }

  init(_ state: ConsoleState, _ screen: Screen, _ kind: CatalogList) {
    link = screen.link.flatMap { state.links[$0] }
    listed = link?.lists[kind]
    self.kind = kind
    now = state.time.steady
    self.state = state
  }

  /// Behind the title.
  var remark: [Span] {
    guard let link else { return [] }
    var words: [Span] = []
    if !link.isOpen {
      let summary = LinkSummary(link, now: now)
      words.append(Span("\(summary.word) ", summary.role))
    }
    switch listed?.phase {
    case .loading where listed?.revision ?? 0 > 0: words.append(Span("loading", .stateRun))
    case .failed: words.append(Span("not loaded", .stateError))
    default: break
    }
    if listed?.isStale == true {
      words.append(Span("changed, \(state.key(of: "view.refresh")) loads", .stateWarn))
    }
    if let count = listed?.issues.count, count > 0 {
      words.append(Span("\(count) to check", .stateWarn))
    }
    return words
  }

  /// In place of the items where there are none.
  var empty: TextView {
    var lines = Lines(signs: signs)
    guard let link else {
      lines.plain("No server is connected.", .title)
      lines.plain(
        "\(state.key(of: "go.servers")) lists the servers; \(state.key(of: "server.connect")) connects to one."
      )
      return lines.text
    }
    switch link.phase {
    case .connecting: lines.plain("connecting", .stateRun)
    case .failed(let failure): failed(failure, link, &lines)
    case .closed(let sentence):
      lines.plain("The connection is closed.", .title)
      lines.add("why", sentence)
      lines.plain("\(state.reconnectKey) connects anew.")
    case .open, .reopening: open(&lines)
    }
    return lines.text
  }

  private func failed(_ failure: OperationFailure, _ link: Link, _ lines: inout Lines) {
    lines.plain("There is no connection.", .title)
    lines.add("why", failure.sentence, .error)
    lines.add("layer", failure.layer)
    lines.add("try", failure.hint ?? "")
    let said = failure.details["stderr"]?.array?.compactMap(\.string) ?? link.stderr
    if !said.isEmpty {
      lines.gap()
      lines.plain("Standard error", .title)
      for line in said.suffix(20) { lines.plain(signs.safe(line, limit: 500).text, .dim) }
    }
    lines.gap()
    lines.plain("\(state.reconnectKey) connects anew.")
  }

  private func open(_ lines: inout Lines) {
    switch listed?.phase {
    case .failed(let sentence):
      lines.plain("The \(kind.rawValue) could not be listed.", .title)
      lines.add("why", sentence, .error)
      lines.plain("\(state.key(of: "view.refresh")) asks again.")
    case .loaded:
      lines.plain("The server lists no \(kind.rawValue).", .title)
      for issue in listed?.issues ?? [] { lines.add("check", issue, .stateWarn) }
    default: lines.plain("loading", .stateRun)
    }
  }
}

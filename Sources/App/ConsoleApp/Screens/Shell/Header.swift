import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

/// The first line: where a person is, and how the connection is.
struct Header {
  let state: ConsoleState

  func draw(on canvas: inout Canvas) {
    let room = ShellLayout(state).header
    let words = state.route.flatMap { ScreenRow.of($0).crumbs(state, $0) }
    let full = link(isShort: false)
    let whole = crumbs(words)
    guard whole.width + full.width + 4 > room.width else {
      return Bar(left: whole, right: full, surface: .header).draw(on: &canvas, in: room)
    }
    let short = link(isShort: true)
    // Where a person is counts for more than how they came there.
    var left = 0
    while left < words.count - 1,
      crumbs(Array(words[left...]), isCut: left > 0).width + short.width + 4 > room.width
    {
      left += 1
    }
    Bar(left: crumbs(Array(words[left...]), isCut: left > 0), right: short, surface: .header)
      .draw(on: &canvas, in: room)
  }

  private func crumbs(_ words: [String], isCut: Bool = false) -> [Span] {
    let demo = state.isDemo ? [Span("DEMO ", .stateWarn)].onHeader : []
    let readOnly = state.isReadOnly ? [Span("READ-ONLY ", .stateWarn)].onHeader : []
    let start = demo + readOnly + (isCut ? [Span("\(state.signs[.ellipsis]) ", .crumb)] : [])
    let separator = Span(" \(state.signs[.crumb]) ", .crumb)
    return start
      + words.enumerated().flatMap { index, word -> [Span] in
        let isLast = index == words.count - 1
        let crumb = Span(
          state.signs.safe(word, limit: 100).text, isLast ? .crumbActive : .crumb)
        return index == 0 ? [crumb] : [separator, crumb]
      }
  }

  /// State, era and latency of the connection, on the surface of the header.
  private func link(isShort: Bool) -> [Span] {
    guard let link = state.link else { return [Span("alidade", .header)] }
    let summary = LinkSummary(link, now: state.time.steady)
    let prod = state.production.contains(link.name) ? [Span("PROD ", .stateError)] : []
    var words = prod + [Span("\(state.signs[summary.sign]) \(summary.word)", summary.role)]
    guard !isShort else { return words.onHeader }
    var facts: [String] = []
    if state.screen.link == nil { facts.append(state.signs.safe(link.name, limit: 40).text) }
    facts += summary.facts
    words.append(Span(" " + facts.joined(separator: " "), .header))
    return words.onHeader
  }
}

extension [Span] {
  fileprivate var onHeader: [Span] {
    map { span in
      var span = span
      span.style.surface = .header
      return span
    }
  }
}

/// A connection in a word and a sign, for header, list and detail.
struct LinkSummary {
  let sign: Sign
  let word: String
  let role: TerminalCore.Role
  /// Transport, revision and latency, as far as they are known.
  let facts: [String]

  init(_ link: Link, now: Int64) {
    switch link.phase {
    case .connecting(let since):
      let seconds = max(0, now - since) / 1000
      (sign, word, role) = (.off, seconds > 0 ? "connecting \(seconds)s" : "connecting", .stateRun)
    case .open: (sign, word, role) = (.on, "open", .stateOK)
    case .reopening: (sign, word, role) = (.off, "reopening", .stateWarn)
    case .failed(let failure):
      let isAuth = failure.kind == .unauthorized
      (sign, word, role) = (.off, isAuth ? "needs sign-in" : "failed", .stateError)
    case .closed: (sign, word, role) = (.off, "closed", .stateWarn)
    }
    let latency = link.percentile(50).map { "\(Int($0.rounded()))ms" }
    facts = [link.facts?.transport, link.facts?.version.rawValue, latency].compactMap(\.self)
  }
}

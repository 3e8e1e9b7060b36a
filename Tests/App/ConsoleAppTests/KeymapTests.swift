import JSON
import MCPProtocol
import Settings
import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

/// A question is open.
private let projectQuestion: ConsoleState = {
  var rows = Sample.reachable
  rows[0].definition?.origin.trust = .project
  return Sample.state(80, 24, rows: rows, keys: "Enter")
}()

/// A server wants a page opened.
private let pageQuestion: ConsoleState = {
  var state = Sample.connected(80, 24)
  let params: JSON = ["mode": "url", "message": "Sign in", "url": "https://h.test/"]
  _ = Reducer.reduce(
    &state,
    .link(
      1, attempt: 1,
      .told(
        .question(
          .init(
            id: 5, request: InputRequest(key: "5", method: "elicitation/create", params: params)))))
  )
  Sample.press("a", &state)
  return state
}()

/// A view that is opened without a way to it.
private func opened(_ id: ScreenID) -> ConsoleState {
  var state = Sample.connected(80, 24)
  state.open(Screen(id, link: 1, subject: "~1"))
  return state
}

/// A tour waits for a person.
private let touring: ConsoleState = {
  var state = Sample.connected(80, 24)
  state.beginTour()
  return state
}()

private let states = [
  Sample.state(80, 24), Sample.state(80, 24, rows: []), Sample.state(80, 24, keys: "/ a"),
  Sample.state(80, 24, keys: "l"), Sample.state(80, 24, keys: "?"),
  Sample.state(80, 24, keys: "/ zzz Enter"), Sample.state(80, 24, keys: ":"),
  Sample.state(80, 24, keys: "y"), Sample.connected(80, 24), Sample.connected(80, 24, keys: "l"),
  Sample.connected(80, 24, keys: "3"), Sample.connected(80, 24, keys: "4"), opened(.calls),
  opened(.wire), opened(.message), opened(.question),
  opened(.audit), opened(.auditFilters), opened(.auditCounts), opened(.auditHistogram),
  opened(.replay), opened(.auditRow), opened(.auth), opened(.authServer), opened(.scopeGrid),
  opened(.approvals),
  opened(.doctor), opened(.finding), opened(.bundle), touring, opened(.keys), opened(.mintedKey),
  opened(.consents), opened(.faults), opened(.dashboard),
  projectQuestion, pageQuestion,
  Sample.connected(80, 24, keys: "Enter"),
  Sample.connected(80, 24, keys: "Enter Ctrl-O"),
  Sample.connected(80, 24, keys: "Enter Tab Tab"), Sample.connected(80, 24, keys: "Enter x Ctrl-S"),
  Sample.connected(80, 24, keys: "Enter Tab Tab a"), Sample.state(80, 24, keys: "s"),
  Sample.state(80, 24, keys: "f"),
]

struct KeymapTests {
  @Test func `no key is bound twice in what counts at the same time`() {
    for state in states {
      var owners: [Key: String] = [:]
      for command in Keymap.active(in: state) {
        for key in command.keys {
          #expect(owners[key] == nil, "\(key): \(owners[key] ?? "") and \(command.id)")
          owners[key] = command.id
        }
      }
    }
  }

  @Test func `ids are unique and every command has a key and a title`() {
    #expect(Set(Keymap.commands.map(\.id)).count == Keymap.commands.count)
    for command in Keymap.commands {
      #expect(!command.keys.isEmpty)
      #expect(command.title.first?.isUppercase == true && command.title.last != ".")
    }
  }

  @Test func `where text is typed no letter is bound`() {
    for command in Keymap.commands where command.scope.isTyping {
      for key in command.keys {
        if case .character = key.code { #expect(!key.modifiers.isEmpty, "\(command.id) \(key)") }
      }
    }
  }

  @Test func `the footer names only what can be done now`() {
    for state in states {
      for command in Footer(state).commands { #expect(command.isEnabled(in: state)) }
      #expect(!Footer(state).commands.isEmpty)
    }
  }

  @Test func `every command counts somewhere`() {
    let reached = Set(states.flatMap { Keymap.active(in: $0).map(\.id) })
    #expect(Keymap.commands.map(\.id).filter { !reached.contains($0) }.isEmpty)
  }

  @Test func `every key's name reads back`() {
    for key in Keymap.commands.flatMap(\.keys) { #expect(Key(named: key.description) == key) }
  }

  @Test func `the page of keys is fresh`() {
    Golden.check(KeysPage.markdown, against: "docs/KEYS.md")
  }
}

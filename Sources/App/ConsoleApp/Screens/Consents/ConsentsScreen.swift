import Authorization
import AuthorizationServer
import EventLoop
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let consents = ScreenID("consents")
}

extension ConsoleCommand.Scope {
  static let consents = Self(rawValue: "consents")
}

extension ScreenRow {
  /// Which clients users have let in.
  static let consents = ScreenRow(
    id: .consents, title: "Consents", isPlace: true, crumbs: { _, _ in ["consents"] },
    list: ConsentsScreen.source, showsWire: false,
    copies: { state, _ in
      state.office.consents.item(state.list.current).map { [.init("y", "its id", $0.id)] } ?? []
    },
    opened: { state, _ in state.openOffice(.consents) },
    refresh: { state, _ in state.openOffice(.consents) },
    commands: [
      ConsoleCommand(
        "consents.revoke", "Take it back, tokens and all", keys: [.character("X")],
        scope: .consents, hint: "revoke",
        availability: { state in
          state.office.consents.item(state.list.current) == nil
            ? .disabled(reason: "no consent is selected") : .enabled
        },
        run: { state in
          guard let item = state.office.consents.item(state.list.current) else { return [] }
          state.overlay = .confirming(
            Confirmation(
              title: "Take back a consent",
              lines: [
                "\(item.clientName) for \(item.person) on \(item.system):",
                item.scopes.names.joined(separator: ", "), "",
                "Its tokens end with it, also those of calls that run.",
              ], deed: .revokeConsent(item.id)))
          return []
        }
      ).writing
    ],
    draw: { state, _, canvas in
      OfficeWords.draw(
        "Consents", state.office.consents, nothing: "Nobody has let a client in.",
        "A user's consent to a client shows up here once it is given.",
        ConsentsScreen.source, state, on: &canvas)
    })
}

enum ConsentsScreen {
  static let source = ListSource(
    count: { state, _ in state.office.consents.items.count },
    key: { state, _, index in state.office.consents.items[index].id },
    fields: { state, _, index in
      let item = state.office.consents.items[index]
      return [item.person, item.clientName, item.client, item.system] + item.scopes.names
    },
    revision: { state, _ in state.office.consents.revision },
    sorts: [
      SortColumn("user") { state, _, index in .init(state.office.consents.items[index].person) },
      SortColumn("client") { state, _, index in
        .init(state.office.consents.items[index].clientName)
      },
    ], table: table,
    cells: { state, _, index, signs in
      let item = state.office.consents.items[index]
      return [
        Span(signs.safe(item.person, limit: 100).text),
        Span(signs.safe(item.clientName, limit: 100).text),
        Span(item.scopes.names.joined(separator: ","), .scopeGranted), Span(item.system, .dim),
      ]
    },
    detail: { state, _, index in
      let item = state.office.consents.items[index]
      var lines = Lines(signs: state.signs)
      lines.title(state.signs.safe(item.clientName, limit: 200).text)
      lines.add("user", item.person)
      lines.add("client", item.client)
      lines.add("system", item.system)
      lines.add("may", item.scopes.names.joined(separator: ", "), .scopeGranted)
      lines.add("since", item.givenAt.description)
      return lines.text
    })

  private static let table = Table([
    .init("user", width: 12, growth: 1, rank: 0),
    .init("client", width: 12, growth: 1, rank: 0),
    .init("scopes", width: 12, growth: 1, rank: 1),
    .init("system", width: 14, rank: 2),
  ])
}

import EventLoop
import Keys
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let keys = ScreenID("api-keys")
  static let mintedKey = ScreenID("mintedKey")
}

extension ConsoleCommand.Scope {
  static let keys = Self(rawValue: "api-keys")
  static let mintedKey = Self(rawValue: "mintedKey")
}

extension ScreenRow {
  /// The API keys of the systems that are served from here.
  static let keys = ScreenRow(
    id: .keys, title: "Keys", isPlace: true, crumbs: { _, _ in ["keys"] }, list: KeysScreen.source,
    showsWire: false,
    copies: { state, _ in
      guard let key = state.office.keys.item(state.list.current) else { return [] }
      return [.init("y", "its id", key.id), .init("u", "its prefix", key.prefix)]
    },
    opened: { state, _ in state.openOffice(.keys) },
    prepare: { state, _ in state.office.minted = nil },
    refresh: { state, _ in state.openOffice(.keys) }, commands: KeysScreen.commands,
    draw: { state, _, canvas in
      OfficeWords.draw(
        "Keys", state.office.keys, nothing: "There is no key yet.",
        "\(state.key(of: "keys.mint")) makes one: SYSTEM NAME [SCOPES] [90d]", KeysScreen.source,
        state, on: &canvas)
    })

  /// A key in the one moment in which it is shown.
  static let mintedKey = ScreenRow(
    id: .mintedKey, title: "A new key", crumbs: { _, _ in ["new key"] },
    scopes: { _, _ in [.mintedKey, .detail] }, text: { state, _ in KeysScreen.minted(state) },
    copies: { state, _ in
      state.office.minted.map { [.init("y", "the key", $0.text)] } ?? []
    },
    commands: [
      ConsoleCommand(
        "minted.close", "Leave it: it is not shown again", keys: [Key(.enter)],
        scope: .mintedKey, hint: "done",
        run: { state in
          state.office.minted = nil
          _ = state.closeView()
          return []
        })
    ],
    draw: { state, _, canvas in
      DetailScreenView(title: "New key", text: KeysScreen.minted(state)).draw(state, on: &canvas)
    })
}

enum KeysScreen {
  static let source = ListSource(
    count: { state, _ in state.office.keys.items.count },
    key: { state, _, index in state.office.keys.items[index].id },
    fields: { state, _, index in
      let key = state.office.keys.items[index]
      return [key.name, key.system, key.prefix, status(key, state)] + key.scopes
    },
    revision: { state, _ in state.office.keys.revision }, table: table,
    cells: { state, _, index, signs in
      let key = state.office.keys.items[index]
      let status = status(key, state)
      return [
        Span(signs.safe(key.name, limit: 100).text),
        Span(status, role(status)), Span(key.system, .dim),
        Span(key.scopes.joined(separator: ","), .dim),
        Span(key.expiresAt.map { OfficeWords.moment($0.description) } ?? "never", .dim),
        Span(key.prefix, .secret),
      ]
    },
    detail: { state, _, index in detail(state.office.keys.items[index], state) })

  private static let table = Table([
    .init("name", width: 10, growth: 1, rank: 0),
    .init("status", width: 8, rank: 0),
    .init("system", width: 14, rank: 1),
    .init("scopes", width: 12, rank: 2),
    .init("ends", width: 16, rank: 3),
    .init("begins with", width: 20, rank: 4),
  ])

  private static func status(_ key: APIKey, _ state: ConsoleState) -> String {
    key.status(at: WallTime(microseconds: state.time.wall * 1000)).rawValue
  }

  private static func role(_ status: String) -> Role {
    switch status {
    case "active": .stateOK
    case "expired": .stateWarn
    default: .stateOff
    }
  }

  private static func detail(_ key: APIKey, _ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    lines.title(state.signs.safe(key.name, limit: 200).text)
    let status = status(key, state)
    lines.add("status", status, role(status))
    lines.add("system", key.system)
    lines.add("begins with", "\(key.prefix)\(Secret.mask)")
    lines.add("may", key.scopes.joined(separator: ", "))
    lines.add("reaches", key.projects.isEmpty ? "everything" : key.projects.joined(separator: ", "))
    lines.add("made", "\(key.createdAt.description) by \(key.createdBy)")
    lines.add("ends", key.expiresAt?.description ?? "never")
    lines.add("revoked", key.revokedAt?.description ?? "", .stateWarn)
    lines.add("rotated to", key.rotatedTo ?? "")
    lines.gap()
    lines.plain("The key itself is kept nowhere: the store has its salted hash.", .dim)
    return lines.text
  }

  static func minted(_ state: ConsoleState) -> TextView {
    guard let minted = state.office.minted else {
      return TextView([.init("it is not shown again", .dim)])
    }
    var lines = Lines(signs: state.signs)
    lines.title("The key \(state.signs.safe(minted.name, limit: 200).text)")
    lines.plain(minted.text, .secret)
    lines.gap()
    lines.plain(
      "This is the only time that it is shown. \(state.copyKeys("copy.y")) copies it.", .stateWarn)
    return lines.text
  }

  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      "keys.mint", "Make a key", keys: [.character("A")], scope: .keys, hint: "make",
      run: { state in
        state.overlay = .asking(
          LineQuestion(title: "Make a key: SYSTEM NAME [SCOPES] [90d]", deed: .mintKey))
        return []
      }
    ).writing,
    change("keys.rotate", "Put a new key in its place", "T", "rotate", "Rotate") { .rotateKey($0) },
    change("keys.revoke", "End the key at once", "X", "revoke", "End") { .revokeKey($0) },
  ]

  private static func change(
    _ id: String, _ title: String, _ key: Character, _ hint: String, _ verb: String,
    _ deed: @escaping @Sendable (String) -> Confirmation.Deed
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .keys, hint: .init { _ in hint },
      availability: { state in
        guard let key = state.office.keys.item(state.list.current) else {
          return .disabled(reason: "no key is selected")
        }
        let status = status(key, state)
        return status == "active" ? .enabled : .disabled(reason: "it is \(status)")
      },
      run: { state in
        guard let key = state.office.keys.item(state.list.current) else { return [] }
        state.overlay = .confirming(
          Confirmation(
            title: "\(verb) a key",
            lines: ["\(verb) \(key.name) (\(key.prefix)\(Secret.mask)) of \(key.system)?"],
            deed: deed(key.id), word: key.name))
        return []
      }
    ).writing
  }
}

extension ConsoleState {
  /// A key is made after a second confirmation: its name, typed once more.
  mutating func askToMint(_ text: String) -> [Effect] {
    switch KeyWish.read(text) {
    case .failure(let problem): return say(.warning, problem.sentence)
    case .success(let wish):
      let end = wish.life.map { "for \($0 / 3600) hours" } ?? "without an end"
      overlay = .confirming(
        Confirmation(
          title: "Make a key",
          lines: [
            "A key for \(wish.system.name) that may \(wish.scopes.joined(separator: ", ")), \(end).",
            "It is shown once.",
          ], deed: .mint(wish), word: wish.name))
      return []
    }
  }
}

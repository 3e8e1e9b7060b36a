import Operations
import Settings
import TerminalCore
import Widgets

/// Signing in and out, from the list or from one server's own view.
enum AuthCommands {
  static func rows(_ scope: ConsoleCommand.Scope) -> [ConsoleCommand] {
    let name = scope.rawValue
    var rows: [ConsoleCommand] = [
      ConsoleCommand(
        "\(name).signIn", "Sign in, step by step", keys: [.character("i")], scope: scope,
        hint: "sign in", availability: canSignIn,
        run: { state in
          guard let (row, definition) = target(state) else { return [] }
          return state.begin(.signIn(row.key, definition, scopes: nil), of: row.key)
        }),
      stepUp(scope),
      grid(scope),
      ConsoleCommand(
        "\(name).cancel", "Cancel the sign-in that runs", keys: [.character("x")], scope: scope,
        hint: "cancel", availability: isRunning, run: { _ in [.operate(.auth(.cancel))] }),
      ConsoleCommand(
        "\(name).paste", "Paste the address that the browser ended at", keys: [.character("e")],
        scope: scope, availability: isRunning,
        run: { state in
          state.overlay = .asking(LineQuestion(title: "The address it ended at", deed: .pasteBack))
          return []
        }),
      ConsoleCommand(
        "\(name).page", "Open the page in the browser", keys: [.character("o")], scope: scope,
        availability: { state in
          page(state) == nil ? .disabled(reason: "no page waits to be opened") : .enabled
        },
        run: { state in page(state).map { [.open(.page($0))] } ?? [] }),
      ConsoleCommand(
        "\(name).refresh", "Renew the token now", keys: [.character("r")], scope: scope,
        hint: "renew", availability: isSignedIn,
        run: { state in
          guard let (row, definition) = target(state) else { return [] }
          return state.begin(.refresh(row.key, definition), of: row.key)
        }),
      ending("\(name).revoke", "Have the tokens made void", "X", scope, "Revoke") {
        .revokeSignIn($0, $1)
      },
      ending("\(name).forget", "Sign out: forget it here", "d", scope, "Forget") {
        .forgetSignIn($0, $1)
      },
    ]
    rows.append(scope == .auth ? open : close)
    return rows
  }

  static func stepUp(_ scope: ConsoleCommand.Scope) -> ConsoleCommand {
    ConsoleCommand(
      "\(scope.rawValue).stepUp", "Sign in for more: with the scopes that are missing",
      keys: [.character("+")], scope: scope, hint: "for more", availability: canSignIn,
      run: { state in
        state.overlay = .asking(
          LineQuestion(
            title: "Scopes to ask for", deed: .signInFor,
            field: TextField(state.scopesToAskFor)))
        return []
      })
  }

  private static func grid(_ scope: ConsoleCommand.Scope) -> ConsoleCommand {
    ConsoleCommand(
      "\(scope.rawValue).scopes", "The scopes of its tools as a grid", keys: [.character("t")],
      scope: scope, hint: "scopes",
      availability: { state in
        state.authServer?.definition == nil
          ? .disabled(reason: "nothing says how to reach it") : .enabled
      },
      run: { state in
        guard let row = state.authServer else { return [] }
        return state.enter(Screen(.scopeGrid, subject: row.key))
      })
  }

  private static func page(_ state: ConsoleState) -> String? {
    state.authServer.flatMap { state.auth.progress[$0.key]?.page?.address }
  }

  private static let open = ConsoleCommand(
    "auth.open", "Open the sign-in with its scopes",
    keys: [Key(.enter), .character("l"), Key(.right)], scope: .auth, hint: "open",
    availability: { state in
      state.authServer == nil ? .disabled(reason: "no server is selected") : .enabled
    },
    run: { state in
      guard let row = state.authServer else { return [] }
      return state.enter(Screen(.authServer, subject: row.key))
    })

  private static let close = ConsoleCommand(
    "authServer.close", "Back to the list", keys: [.character("h"), Key(.left)],
    scope: .authServer,
    run: { state in
      _ = state.closeView()
      return []
    })

  private static func target(_ state: ConsoleState) -> (ServerRow, ServerDefinition)? {
    guard let row = state.authServer, let definition = row.definition else { return nil }
    return (row, definition)
  }

  private static func canSignIn(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard let (row, definition) = target(state) else {
      return .disabled(reason: "no server is selected")
    }
    if case .running = state.auth.progress[row.key]?.phase {
      return .disabled(reason: "it is being signed in to")
    }
    return definition.url == nil
      ? .disabled(reason: "a program is not signed in to") : .enabled
  }

  private static func isRunning(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if let row = state.authServer, case .running = state.auth.progress[row.key]?.phase {
      return .enabled
    }
    return .disabled(reason: "no sign-in runs")
  }

  private static func isSignedIn(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard let row = state.authServer, AuthScreen.facts(row, state) != nil else {
      return .disabled(reason: "nobody is signed in there")
    }
    return .enabled
  }

  private static func ending(
    _ id: String, _ title: String, _ key: Character, _ scope: ConsoleCommand.Scope, _ verb: String,
    _ deed: @escaping @Sendable (String, ServerDefinition) -> Confirmation.Deed
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: scope, availability: isSignedIn,
      run: { state in
        guard let (row, definition) = target(state) else { return [] }
        state.overlay = .confirming(
          Confirmation(
            title: "\(verb) a sign-in", lines: ["\(verb) the sign-in to \(row.name)?"],
            deed: deed(row.key, definition)))
        return []
      }
    ).writing
  }
}

import TerminalCore

/// A digit for every view that one opens.
enum RootCommands {
  static let rows: [ConsoleCommand] = ScreenRow.roots.map { row in
    ConsoleCommand(
      "go.\(row.id.rawValue)", "Go to \(row.title)",
      keys: row.digit.map { [.character($0)] } ?? [], scope: .browsing,
      availability: { state in
        row.isOfLink && state.link == nil
          ? .disabled(
            reason:
              "no server is connected; \(state.key(of: "server.connect")) on a server connects")
          : .enabled
      },
      run: { state in
        state.goRoot(row.id)
        return row.opened(&state, state.screen)
      })
  }
}

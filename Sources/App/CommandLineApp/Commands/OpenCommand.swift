import Arguments

extension Command {
  static let open = Command(
    window: CommandRow(
      "open", in: .servers, summary: "Open the window, connected to a server",
      details: [
        "An address, @name, or -- with a command opens the window without this word too: "
          + "`alidade https://mcp.example.com/mcp`.",
        "--run scripts the window: whatever : takes there, and `keys j Enter` for keys. It may come more than once.",
      ],
      positionals: [TargetRows.optionalTarget],
      options: TargetRows.description + WindowWish.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade open @alumia", "A server of the catalog"),
        .init(
          "alidade open @alumia --run ':tools call search q=needle'",
          "A script: each line runs when the one before is done"),
        .init("alidade open https://mcp.example.com/mcp", "An address"),
        .init("alidade open -- python server.py", "A server to start"),
      ]))
}

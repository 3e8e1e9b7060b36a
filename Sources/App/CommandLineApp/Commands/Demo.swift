import Arguments

extension Command {
  static let demo = Command(
    window: CommandRow(
      "demo", in: .program, summary: "Open the window on the five systems, offline",
      details: [
        "Each system is served by this very program on a port of its own, with keys and people already there, and no "
          + "network is needed: wire, access and faults are those of the real thing. The data is the same each time, and "
          + "what comes to it is forgotten at the end.",
        "--tour leads through it: calls, refusals, signing in, faults, the doctor, approvals and the audit.",
        "The window opens without a command too, on the servers that files name. Colours follow the "
          + "terminal, NO_COLOR and COLORTERM, characters the locale.",
      ],
      options: [WindowWish.tour] + WindowWish.options,
      examples: [
        .init("alidade demo --tour", "In five minutes"),
        .init("alidade demo --theme default-light", "On a light background"),
      ]))
}

import Arguments

extension Command {
  static let demo = Command(
    window: CommandRow(
      "demo", in: .program, summary: "Open the window",
      details: [
        "The window opens without a command too; here its looks can be chosen. Colours follow the "
          + "terminal, NO_COLOR and COLORTERM, characters the locale."
      ],
      options: WindowWish.options,
      examples: [.init("alidade demo --theme default-light", "On a light background")]))
}

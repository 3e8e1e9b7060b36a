import Arguments
import Diagnostics
import EventLoop
import Operations

extension Command {
  static let doctor = Command(
    onLoop: CommandRow(
      "doctor", in: .servers, summary: "Find out why a server cannot be used, and what to do",
      details: [
        "Walks the chain from the configuration over process or network, protocol, sign-in and lists to one call that "
          + "changes nothing, and says of each link what it found, what proves it and what to do. Where an address fails, "
          + "others that may have been meant are tried beside it.",
        "With --sign-in the way goes on through registration, consent and token; --fetch-consent does that without a "
          + "browser, where the server asks nobody.",
        "Without a target the files of this machine that configure servers are examined.",
        "The exit code is 0 where nothing is wrong, else that of the first error's class.",
      ],
      positionals: [DoctorRows.target],
      options: [
        DoctorRows.format, DoctorRows.failOn, DoctorRows.bundle, DoctorRows.checks,
        SignInRows.fetch,
      ]
        + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade doctor https://mcp.example.com/mcp", "Each link of the chain"),
        .init("alidade doctor --format junit -- python server.py", "For a build server"),
        .init("alidade doctor @work --bundle report.json", "Something to send to whoever helps"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    guard !arguments.has(DoctorRows.checks) else {
      context.output.write(CheckReference.markdown)
      return .ok
    }
    return try await DoctorRun(arguments: arguments, context: context).run()
  }
}

enum DoctorRows {
  static let target = PositionalRow(
    TargetRows.target.value, .optional, yieldsToRest: true,
    help: "A URL, a quoted command line, or @name from the catalog; all configuration without it")
  static let format = OptionRow(
    "format", takes: ValueRow("FORMAT", .choice(DoctorReport.Format.allCases.map(\.rawValue))),
    help: "How the report is written")
  static let failOn = OptionRow(
    "fail-on", takes: ValueRow("LEVEL", .choice(["warning", "error"])),
    help: "From which level on the exit code tells of it; error without it")
  static let checks = OptionRow("checks", help: "Write what is checked, as Markdown, and stop")
  static let bundle = OptionRow(
    "bundle", takes: ValueRow("FILE", .file),
    help: "Write everything that was seen to a file, secrets masked")
}
